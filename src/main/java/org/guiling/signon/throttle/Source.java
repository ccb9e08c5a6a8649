package org.guiling.signon.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Reduces the address of a sign-on to the part that counts. */
final class Source {

    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int BYTES_OF_A_NETWORK = 8;

    private Source() {}

    /**
     * Of IPv6 the first 64 bits: whoever has one address there has all of them.
     *
     * @param address as the container tells it; anything that is no address is one source together
     */
    static String of(String address) {
        String plain = address.replaceFirst("%.*", "");
        if (!LITERAL.matcher(plain).matches()) {
            return "unknown";
        }
        try {
            InetAddress parsed = InetAddress.getByName(plain);
            if (!(parsed instanceof Inet6Address)) {
                return parsed.getHostAddress();
            }
            byte[] network = parsed.getAddress();
            Arrays.fill(network, BYTES_OF_A_NETWORK, network.length, (byte) 0);
            return InetAddress.getByAddress(network).getHostAddress();
        } catch (UnknownHostException noAddress) {
            return "unknown";
        }
    }
}
