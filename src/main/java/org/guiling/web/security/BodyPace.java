package org.guiling.web.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.function.Function;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Lets no body hold a thread for long. Tomcat's own timeout counts from byte to byte, so that a byte every five seconds
 * keeps a thread for hours. What has arrived is read by anybody; a thread waits for more only within the limits of {@link
 * PaceProperties}: of somebody signed on, and of a stranger who signs on. A valve, because the container reads
 * forms, uploads and what is left of a body by itself, past every filter.
 */
public class BodyPace extends ValveBase {

    private static final String REFUSED = BodyPace.class.getName() + ".refused";
    private static final String LOGIN = "/login";
    private static final String PROVIDER = "/oauth2/authorization/";
    private static final long NOT_YET = -1;

    private final PaceProperties pace;
    private final long largestSwallow;
    private final Function<HttpServletRequest, String> client;
    private final WaitingBodies strangers;
    private final WaitingBodies people;

    /**
     * @param largestSwallow bytes of a refused body that are read, so that a browser gets to see why
     * @param client the address that a request comes from, whichever proxy it came through
     */
    public BodyPace(PaceProperties pace, long largestSwallow, Function<HttpServletRequest, String> client) {
        super(true);
        this.client = client;
        this.pace = pace;
        this.largestSwallow = largestSwallow;
        this.strangers = new WaitingBodies(pace.strangers(), pace.strangersOfOneAddress());
        this.people = new WaitingBodies(pace.people(), pace.people());
    }

    /** The status for a body that was not read to its end; null where it was, or something else is wrong with it. */
    static HttpStatus refused(jakarta.servlet.ServletRequest request) {
        return (HttpStatus) request.getAttribute(REFUSED);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request coyote = request.getCoyoteRequest();
        InputBuffer unpaced = coyote.getInputBuffer();
        Paced paced = new Paced(unpaced, request);
        coyote.setInputBuffer(paced);
        try {
            getNext().invoke(request, response);
            if (!request.isAsync() && !coyote.isFinished()) {
                response.finishResponse();
                swallow(coyote, paced);
            }
        } finally {
            coyote.setInputBuffer(unpaced);
        }
    }

    /** A client that still sends sees no answer when the connection is closed upon it. */
    private void swallow(org.apache.coyote.Request coyote, Paced paced) {
        try {
            long left = largestSwallow;
            while (left > 0 && !coyote.isFinished() && !coyote.hasExpectation()) {
                int read = paced.swallow();
                left = read < 0 ? 0 : left - read;
            }
        } catch (IOException | BodyRefusedException e) {
            getContainer().getLogger().debug("What was left of a body was not waited for", e);
        }
        if (!coyote.isFinished()) {
            coyote.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** A body that is not waited for. No {@code IOException}: the container would answer that by itself. */
    private static final class BodyRefusedException extends RuntimeException {

        BodyRefusedException(HttpStatus status) {
            super("The body was not waited for: " + status);
        }
    }

    private final class Paced implements InputBuffer {

        private static final ApplicationBufferHandler NOWHERE = new ApplicationBufferHandler() {

            private java.nio.ByteBuffer buffer;

            @Override
            public void setByteBuffer(java.nio.ByteBuffer read) {
                buffer = read;
            }

            @Override
            public java.nio.ByteBuffer getByteBuffer() {
                return buffer;
            }

            @Override
            public void expand(int size) {
                // Swallowed bytes need no room.
            }
        };

        private final InputBuffer content;
        private final Request request;
        private boolean known;
        private long began = NOT_YET;
        private long received;

        Paced(InputBuffer content, Request request) {
            this.content = content;
            this.request = request;
        }

        @Override
        public int doRead(ApplicationBufferHandler into) throws IOException {
            boolean signedOn = isSignedOn();
            int read = read(into, signedOn, signedOn || isSignOn());
            if (!signedOn && received > pace.strangersBody().toBytes()) {
                throw refuse(HttpStatus.PAYLOAD_TOO_LARGE);
            }
            return read;
        }

        /** The login form, what is asked of its sender between the password and the session, and the way to the provider. */
        private boolean isSignOn() {
            String path = request.getRequestURI();
            return path.equals(LOGIN) || path.startsWith(LOGIN + "/") || path.startsWith(PROVIDER);
        }

        @Override
        public int available() {
            return content.available();
        }

        /** @return how much was read, less than 0 at the end */
        int swallow() throws IOException {
            return read(NOWHERE, known || hasSession(), HttpStatus.UNAUTHORIZED != refused(request.getRequest()));
        }

        private int read(ApplicationBufferHandler into, boolean signedOn, boolean mayWait) throws IOException {
            if (began == NOT_YET) {
                began = System.nanoTime();
            }
            if (hasArrived()) {
                return counted(content.doRead(into), signedOn);
            }
            if (!mayWait) {
                throw refuse(HttpStatus.UNAUTHORIZED);
            }
            WaitingBodies waiting = signedOn ? people : strangers;
            String address = client.apply(request);
            if (!waiting.enter(address)) {
                throw refuse(HttpStatus.SERVICE_UNAVAILABLE);
            }
            try {
                return counted(content.doRead(into), signedOn);
            } finally {
                waiting.leave(address);
            }
        }

        private boolean hasArrived() {
            org.apache.coyote.Request coyote = request.getCoyoteRequest();
            if (coyote.isFinished()) {
                return true;
            }
            coyote.action(ActionCode.AVAILABLE, Boolean.TRUE);
            return coyote.getAvailable() > 0;
        }

        private int counted(int read, boolean signedOn) {
            received += Math.max(read, 0);
            long took = System.nanoTime() - began;
            if (read >= 0 && took > pace.longest(received, signedOn).toNanos()) {
                throw refuse(HttpStatus.REQUEST_TIMEOUT);
            }
            return read;
        }

        private BodyRefusedException refuse(HttpStatus status) {
            request.setAttribute(REFUSED, status);
            return new BodyRefusedException(status);
        }

        private boolean isSignedOn() {
            known = known || isSomebody(SecurityContextHolder.getContext().getAuthentication());
            return known;
        }

        private boolean hasSession() {
            HttpSession session = request.getSession(false);
            return session != null
                    && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                            instanceof SecurityContext context
                    && isSomebody(context.getAuthentication());
        }

        private static boolean isSomebody(Authentication authentication) {
            return authentication != null
                    && authentication.isAuthenticated()
                    && !(authentication instanceof AnonymousAuthenticationToken);
        }
    }
}
