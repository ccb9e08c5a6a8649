package org.guiling.web.customization;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.guiling.customization.MessageFiles;
import org.guiling.customization.MessageFiles.AllTexts;
import org.guiling.customization.MessageFiles.Text;
import org.guiling.customization.MessageFiles.Words;
import org.guiling.customization.OfficeFile;
import org.guiling.customization.OfficeFileKind;
import org.guiling.customization.TextSection;
import org.guiling.notification.NoticeKind;
import org.guiling.text.Texts;
import org.guiling.web.notification.ChannelPages;
import org.guiling.web.support.form.AdministrationForms;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The message texts (消息文字) for administrators: what notices, labels and help say, and other words in their place. */
@Controller
@RequestMapping(TextPages.PATH)
public class TextPages {

    public static final String PATH = "/administration/rules/texts";

    private final MessageFiles files;
    private final AdministrationForms forms;
    private final OfficeFileForms fileForms;
    private final Texts texts;

    TextPages(MessageFiles files, AdministrationForms forms, OfficeFileForms fileForms, Texts texts) {
        this.files = files;
        this.forms = forms;
        this.fileForms = fileForms;
        this.texts = texts;
    }

    @GetMapping
    String texts(
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean changed,
            Model model) {
        OfficeFile<AllTexts> current = files.current();
        Map<TextSection.Group, Map<TextSection, List<Text>>> groups = new EnumMap<>(TextSection.Group.class);
        current.content().texts().stream()
                .filter(each -> has(each, text.strip()) && (!changed || each.changed() != null))
                .forEach(each -> groups.computeIfAbsent(
                                each.what().section().group(), group -> new EnumMap<>(TextSection.class))
                        .computeIfAbsent(each.what().section(), section -> new ArrayList<>())
                        .add(each));
        model.addAttribute("current", current);
        model.addAttribute("groups", groups);
        model.addAttribute("text", text);
        model.addAttribute("changed", changed);
        return "rules-texts";
    }

    @GetMapping("/file")
    ResponseEntity<byte[]> file(@RequestParam int version) {
        return fileForms.file(OfficeFileKind.MESSAGE_TEXTS, MessageFiles.NAME, version);
    }

    /** All of them at once. */
    @PostMapping("/restore")
    String restore(@RequestParam(defaultValue = "-1") int expectedVersion, RedirectAttributes next) {
        fileForms.attempt(next, () -> {
            files.restore(expectedVersion);
            next.addFlashAttribute("done", texts.get("rules.texts.restored"));
        });
        return "redirect:" + PATH;
    }

    @GetMapping("/{key}")
    String text(@PathVariable String key, Model model) {
        OfficeFile<AllTexts> current = files.current();
        return form(current, key, current.content().text(key).words(), model);
    }

    /** Shows the page again with the entered text when it is refused, or is only looked at. */
    @PostMapping("/{key}")
    String change(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String chinese,
            @RequestParam(defaultValue = "") String english,
            @RequestParam(defaultValue = "-1") int expectedVersion,
            @RequestParam(defaultValue = "false") boolean preview,
            HttpServletResponse response,
            RedirectAttributes next,
            Model model) {
        Words entered = new Words(chinese, english);
        Runnable wanted = preview
                ? () -> model.addAttribute("preview", filled(key, files.check(key, entered)))
                : () -> files.change(key, entered, expectedVersion);
        boolean done = forms.attempt(wanted, model, response);
        if (preview || !done) {
            return form(files.current(), key, entered, model);
        }
        next.addFlashAttribute("done", texts.get("rules.text.done"));
        return "redirect:" + PATH + "/" + key;
    }

    @PostMapping("/{key}/restore")
    String restore(
            @PathVariable String key, @RequestParam(defaultValue = "-1") int expectedVersion, RedirectAttributes next) {
        fileForms.attempt(next, () -> {
            files.restore(key, expectedVersion);
            next.addFlashAttribute("done", texts.get("rules.text.restored"));
        });
        return "redirect:" + PATH + "/"
                + files.current().content().text(key).what().key();
    }

    private String form(OfficeFile<AllTexts> current, String key, Words entered, Model model) {
        Text text = current.content().text(key);
        model.addAttribute("current", text);
        model.addAttribute("expectedVersion", current.expectedVersion());
        model.addAttribute("entered", entered);
        model.addAttribute("samples", samples(key, texts));
        return "rules-text";
    }

    private Words filled(String key, Words words) {
        return new Words(
                filled(words.chinese(), samples(key, texts.in(Locale.SIMPLIFIED_CHINESE))),
                filled(words.english(), samples(key, texts.in(Locale.ENGLISH))));
    }

    /** Words have nothing but {@code {0}} and the like to fill in. */
    private static String filled(String words, Map<String, String> samples) {
        String filled = words;
        for (Map.Entry<String, String> sample : samples.entrySet()) {
            filled = filled.replace(sample.getKey(), sample.getValue());
        }
        return filled;
    }

    /**
     * Sample arguments, as {@code notification} fills them in: the kind of the notice, and the item's number or the
     * number of items.
     */
    private static Map<String, String> samples(String key, Texts language) {
        Map<String, String> samples = new LinkedHashMap<>();
        samples.put("{0}", language.label(key.equals("notice.test") ? NoticeKind.TEST : NoticeKind.URGED));
        samples.put("{1}", key.equals("notice.subject.several") ? "3" : ChannelPages.SAMPLE_NUMBER);
        return samples;
    }

    /** Empty finds everything. */
    private static boolean has(Text text, String looked) {
        return Stream.of(
                        text.what().key(),
                        text.words().chinese(),
                        text.words().english(),
                        text.what().shipped().chinese(),
                        text.what().shipped().english())
                .anyMatch(words -> words.toLowerCase(Locale.ROOT).contains(looked.toLowerCase(Locale.ROOT)));
    }
}
