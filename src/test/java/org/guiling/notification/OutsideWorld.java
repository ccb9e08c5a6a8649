package org.guiling.notification;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;

/** The mail server, the webhook's receiver, WeCom and DingTalk, on loopback, one for all tests. */
public final class OutsideWorld {

    /** Fixed for the run, so that a server that was down comes back where it was. */
    private static final ServerSetup SMTP = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

    private static final GreenMail MAIL = new GreenMail(SMTP);
    private static final WireMockServer HTTP =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    static {
        MAIL.start();
        HTTP.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            MAIL.stop();
            HTTP.stop();
        }));
    }

    private OutsideWorld() {}

    /** A mail as its reader sees it. */
    public record Mail(String to, String subject, String text) {}

    public static int smtpPort() {
        return SMTP.getPort();
    }

    public static WireMockServer http() {
        return HTTP;
    }

    public static void smtpDown() {
        MAIL.stop();
    }

    public static void smtpUp() {
        MAIL.start();
    }

    /** Everything up, nothing received yet. */
    public static void reset() {
        MAIL.reset();
        HTTP.resetAll();
    }

    public static List<Mail> mails() {
        return Arrays.stream(MAIL.getReceivedMessages()).map(OutsideWorld::mail).toList();
    }

    /** The mails about an item or with several. */
    public static List<Mail> mailsWith(String itemNo) {
        return mails().stream().filter(mail -> mail.text().contains(itemNo)).toList();
    }

    private static Mail mail(MimeMessage message) {
        try {
            Address to = message.getRecipients(RecipientType.TO)[0];
            return new Mail(
                    to.toString(),
                    message.getSubject(),
                    message.getContent().toString().replace("\r\n", "\n"));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
