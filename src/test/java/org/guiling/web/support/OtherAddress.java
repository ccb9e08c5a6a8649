package org.guiling.web.support;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Base64;

/** Calls from another address of the loopback network than everybody else. */
public final class OtherAddress {

    private final String address;
    private final int port;
    private final String headers;

    private OtherAddress(String address, int port, String headers) {
        this.address = address;
        this.port = port;
        this.headers = headers;
    }

    /** @param last of the four numbers of the address */
    public static OtherAddress of(int last, int port) {
        return new OtherAddress("127.0.0." + last, port, "");
    }

    public OtherAddress with(String header) {
        return new OtherAddress(address, port, headers + header + "\r\n");
    }

    /** Of an answer to a script that sends account and password. */
    public int status(String account, String password) {
        String credentials = Base64.getEncoder().encodeToString((account + ":" + password).getBytes(UTF_8));
        return Integer.parseInt(
                firstLine("/api/tasks", "Authorization: Basic " + credentials).split(" ")[1]);
    }

    private String firstLine(String path, String header) {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(address), 0)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n" + headers
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
