package io.flowright.examples.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Sends mail, as RFC 5321 has it. */
record MailClient(InetSocketAddress server) {

    void send(String to, String subject, String id) throws IOException {
        String mail = "Message-ID: <" + id + "@example.com>\r\nSubject: " + subject + "\r\n\r\n.";
        try (Socket socket = new Socket(server.getAddress(), server.getPort());
                BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            for (String line : List.of(
                    "HELO example.com",
                    "MAIL FROM:<office@example.com>",
                    "RCPT TO:<" + to + ">",
                    "DATA",
                    mail,
                    "QUIT")) {
                String answer = answers.readLine();
                if (answer == null || answer.charAt(0) > '3') {
                    throw new IOException("the mail server says: " + answer);
                }
                socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
            }
        }
    }
}
