package org.guiling.audit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** This node among several: {@code guiling.node}, else the machine's name. */
@Component
public class Node {

    private final String name;

    Node(@Value("${guiling.node:}") String configured) {
        this.name = configured.isBlank() ? hostName() : configured;
    }

    public String name() {
        return name;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
