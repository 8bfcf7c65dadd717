package io.flowright.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a process and its server, which can be cut. While it is, connections are refused or end as soon as they are made.
 * Thread-safe.
 */
public final class Proxy implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

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
        start("proxy to the server", () -> copy(near, far));
        start("proxy from the server", () -> copy(far, near));
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // It is cut.
        } finally {
            open.remove(from);
            open.remove(to);
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
