package io.flowright.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The network between a process and its server, which can be cut, slow, or worse. While it is cut, connections are refused or end as soon
 * as they are made. Thread-safe.
 */
public final class Proxy implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private volatile Duration delay = Duration.ZERO;

    /** A connection of a process with its server. */
    private record Link(Socket near, Socket far, AtomicBoolean silent) {

        void swallow() {
            silent.set(true);
        }
    }

    /** In front of the server at this host and port. */
    public Proxy(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("proxy", this::listen);
    }

    /** The port of this machine at which the server seems to be. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Cuts what is connected, and whoever connects from now on. */
    public void cut() {
        cut = true;
        cutOnce();
    }

    /** Cuts what is connected; whoever connects again is let through. */
    public void cutOnce() {
        open.forEach(Proxy::end);
    }

    /** Lets everybody through who connects from now on. */
    public void restore() {
        cut = false;
    }

    /** From now on whatever is sent takes this long in each direction, a packet at a time. */
    public void delay(Duration time) {
        delay = time;
    }

    /**
     * Of what is connected, one direction ends, as if one side had said that it will send no more.
     *
     * @param server whether it is the server that seems to have said so
     */
    public void halfCloseOnce(boolean server) {
        for (Link link : links) {
            try {
                (server ? link.near : link.far).shutdownOutput();
            } catch (IOException e) {
                // It has ended already.
            }
        }
    }

    /** What is connected stays so, and nothing that is sent on it arrives any more, as when a router forgets; who connects is let through. */
    public void silenceOnce() {
        links.forEach(Link::swallow);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException e) {
                // Closed, or the server does not answer: whoever called has been told by the end of its connection.
            }
        }
    }

    @SuppressWarnings("AddressSelection") // A server has one address here, or any of them will do.
    private void connect(Socket near) throws IOException {
        open.add(near);
        if (cut) {
            end(near);
            return;
        }
        Socket far;
        try {
            far = new Socket(host, port);
        } catch (IOException e) {
            end(near);
            throw e;
        }
        open.add(far);
        if (cut) {
            end(near);
        }
        Link link = new Link(near, far, new AtomicBoolean());
        links.add(link);
        start("proxy to the server", () -> copy(near, far, link));
        start("proxy from the server", () -> copy(far, near, link));
    }

    private void copy(Socket from, Socket to, Link link) {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] packet = new byte[8_192];
            int length;
            while ((length = in.read(packet)) >= 0) {
                Duration pause = delay;
                if (!pause.isZero()) {
                    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                }
                if (!link.silent.get()) {
                    out.write(packet, 0, length);
                }
            }
        } catch (IOException e) {
            // It is cut.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
            links.remove(link);
        }
    }

    private static void end(Socket socket) {
        try {
            // With a reset, not as one that says goodbye.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    private static void start(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
