package org.guiling.web.notification;

import java.util.Locale;
import java.util.Map;
import org.guiling.audit.AuditEventKind;
import org.guiling.audit.AuditTrail;
import org.guiling.notification.ChannelName;
import org.guiling.notification.ChannelStatuses;
import org.guiling.notification.DeliveryProcess;
import org.guiling.notification.UndeliverableException;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Person;
import org.guiling.text.Texts;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The channels (通知渠道) for administrators: how they are, a test, failed messages again. Never a secret. */
@Controller
@RequestMapping(ChannelPages.PATH)
public class ChannelPages {

    public static final String PATH = "/administration/rules/channels";

    private static final int FAILURES_SHOWN = 50;
    public static final String SAMPLE_NUMBER = "ZG-2026-000123";
    private static final String START = "redirect:" + PATH;

    private final ChannelStatuses statuses;
    private final DeliveryProcess deliveryProcess;
    private final AuditTrail auditTrail;
    private final CurrentPerson currentPerson;
    private final Texts texts;

    ChannelPages(
            ChannelStatuses statuses,
            DeliveryProcess deliveryProcess,
            AuditTrail auditTrail,
            CurrentPerson currentPerson,
            Texts texts) {
        this.statuses = statuses;
        this.deliveryProcess = deliveryProcess;
        this.auditTrail = auditTrail;
        this.currentPerson = currentPerson;
        this.texts = texts;
    }

    @GetMapping
    String channels(Model model) {
        model.addAttribute("channels", statuses.all());
        model.addAttribute("failures", statuses.failures(FAILURES_SHOWN));
        model.addAttribute("properties", statuses.properties());
        model.addAttribute("chinese", statuses.subjects(SAMPLE_NUMBER, Locale.SIMPLIFIED_CHINESE));
        model.addAttribute("english", statuses.subjects(SAMPLE_NUMBER, Locale.ENGLISH));
        model.addAttribute("days", ChannelStatuses.LATELY.toDays());
        return "rules-channels";
    }

    @PostMapping("/{name}/test")
    String test(@PathVariable ChannelName name, RedirectAttributes next) {
        Person person = currentPerson.get();
        String outcome;
        try {
            ChannelStatuses.Trial trial = statuses.test(name, person);
            outcome = trial.name();
            next.addFlashAttribute(
                    trial == ChannelStatuses.Trial.SENT ? "done" : "refused",
                    texts.get("rules.channel.test." + trial, texts.label(name)));
        } catch (UndeliverableException failure) {
            outcome = failure.getMessage();
            next.addFlashAttribute(
                    "refused", texts.get("rules.channel.test.failed", texts.label(name), failure.getMessage()));
        }
        auditTrail.record(AuditEventKind.CHANNEL_TRIED, person.id(), name.name(), Map.of("outcome", outcome));
        return START;
    }

    @PostMapping("/retry")
    String retry(RedirectAttributes next) {
        int retried = deliveryProcess.retryFailed();
        auditTrail.record(AuditEventKind.CHANNEL_TRIED, currentPerson.get().id(), "retry", Map.of("retried", retried));
        next.addFlashAttribute("done", texts.get("rules.channel.retried", retried));
        return START;
    }
}
