package org.guiling.notification.channel;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.guiling.notification.ChannelName;
import org.guiling.notification.Message;
import org.guiling.notification.PersonalChannel;
import org.guiling.notification.UndeliverableException;
import org.guiling.organization.Addresses;
import org.guiling.organization.Person;
import org.guiling.secret.SecretFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** E-mail, plain text. */
@Component
@ConditionalOnProperty("guiling.notification.email.enabled")
class EmailChannel implements PersonalChannel {

    private final JavaMailSender mail;
    private final EmailProperties properties;
    private final SecretFiles secrets;

    /** @throws IllegalStateException when there is no server to send by */
    EmailChannel(ObjectProvider<JavaMailSender> mail, EmailProperties properties, SecretFiles secrets) {
        this.mail = mail.getIfAvailable(() -> {
            throw new IllegalStateException("guiling.notification.email is on, but spring.mail.host is missing.");
        });
        this.properties = properties;
        this.secrets = secrets;
    }

    @Override
    public ChannelName name() {
        return ChannelName.EMAIL;
    }

    @Override
    public Locale language() {
        return properties.language();
    }

    @Override
    public Optional<String> addressOf(Person person, Addresses addresses) {
        return Optional.ofNullable(addresses.email());
    }

    @Override
    public void send(Message message, String address) {
        try {
            if (mail instanceof JavaMailSenderImpl server) {
                server.setPassword(secrets.current("spring.mail.password", server.getPassword()));
            }
            mail.send(mimeMessage(message, address));
        } catch (MailException | MessagingException failure) {
            throw UndeliverableException.of(failure);
        }
    }

    private MimeMessage mimeMessage(Message message, String address) throws MessagingException {
        MimeMessage mimeMessage = mail.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(mimeMessage, StandardCharsets.UTF_8.name());
        helper.setFrom(properties.from());
        helper.setTo(address);
        helper.setSubject(message.subject());
        helper.setText(message.text());
        helper.setSentDate(Date.from(message.at()));
        // Lets a mail system tell a second copy, should one ever leave, from a second message.
        mimeMessage.setHeader("X-Guiling-Delivery", Long.toString(message.deliveryId()));
        return mimeMessage;
    }
}
