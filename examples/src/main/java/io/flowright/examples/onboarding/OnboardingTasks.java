package io.flowright.examples.onboarding;

import io.flowright.annotations.Compensates;
import io.flowright.annotations.Compensates.Once;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.annotations.Timeout;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Takes in a user: account, home directory, mailbox, a word of welcome, a contact in the CRM. All of it, or nothing. */
@Flow(durable = true)
record OnboardingTasks(Accounts accounts, Path homes, MailClient mail, CrmClient crm) {

    /** Somebody who wants in. The names go into paths and mails, so they are what they seem to be. */
    record Signup(String user, String fullName) {
        Signup {
            if (!user.matches("[a-z]+") || fullName.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("no name for a user: " + user + ", " + fullName);
            }
        }
    }

    /** A row of the accounts. */
    record Account(long id, Signup owner) {}

    @Provides("account")
    Account createAccount(@Input Signup signup, TaskContext task) throws SQLException {
        return accounts.create(signup, task.idempotencyKey());
    }

    @Compensates("createAccount")
    void deleteAccount(@Requires Account account) throws SQLException {
        accounts.delete(account);
    }

    @Provides("home")
    Path provision(@Requires Account account) throws IOException {
        Path home = Files.createDirectories(homes.resolve(account.owner().user()));
        Files.writeString(home.resolve("quota"), "5 GB");
        return home;
    }

    /** A home may be there without its quota, when the task fails or is interrupted half way. */
    @Compensates(value = "provision", when = Once.STARTED)
    void deprovision(@Requires Account account) throws IOException {
        Path home = homes.resolve(account.owner().user());
        Files.deleteIfExists(home.resolve("quota"));
        Files.deleteIfExists(home);
    }

    @Provides("mailbox")
    String reserveMailbox(@Requires Account account) throws SQLException {
        return accounts.reserveMailbox(account);
    }

    @Compensates("reserveMailbox")
    void releaseMailbox(@Requires String mailbox) throws SQLException {
        accounts.releaseMailbox(mailbox);
    }

    @Provides("welcomed")
    @Requires("home")
    void sendWelcome(@Requires Account account, @Requires String mailbox, TaskContext task) throws IOException {
        mail.send(mailbox, "Welcome, " + account.owner().fullName(), task.idempotencyKey());
    }

    @Compensates("sendWelcome")
    @Retry(maxAttempts = 3, delay = "100ms", on = IOException.class)
    void sendApology(@Requires Account account, @Requires String mailbox, TaskContext task) throws IOException {
        mail.send(mailbox, "Sorry, " + account.owner().fullName(), task.idempotencyKey());
    }

    @Provides("contact")
    @Requires("welcomed")
    @Retry(maxAttempts = 3, delay = "100ms", backoff = 2, on = IOException.class)
    @Timeout("5s")
    String updateCrm(@Requires Account account, TaskContext task) throws IOException, InterruptedException {
        return crm.add(account, task.idempotencyKey());
    }

    /** What timed out may have been done all the same, so the contact is deleted even if its id never came. */
    @Compensates(value = "updateCrm", when = Once.STARTED)
    @Retry(maxAttempts = 3, delay = "100ms", backoff = 2, on = IOException.class)
    @Timeout("5s")
    void deleteContact(@Requires Account account, @Requires Optional<String> contact, TaskContext task)
            throws IOException, InterruptedException {
        crm.delete(account, contact, task.idempotencyKey());
    }

    @Task
    void audit(@Requires Account account, @Requires String contact, TaskContext task) throws SQLException {
        accounts.audit(account, "onboarded as " + contact, task.idempotencyKey());
    }
}
