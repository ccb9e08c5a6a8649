package org.guiling.web.administration;

import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.guiling.calendar.CalendarYear;
import org.guiling.calendar.ExceptionDay;
import org.guiling.calendar.Notice;
import org.guiling.calendar.WorkingCalendar;
import org.guiling.calendar.WorkingCalendars;
import org.guiling.engine.duedate.CalendarLoading;
import org.guiling.engine.duedate.CalendarLoading.Difference;
import org.guiling.item.timeline.MovedDate;
import org.guiling.organization.Organization;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.guiling.time.OfficeClock;
import org.guiling.web.support.CheckedFiles;
import org.guiling.web.support.Problems;
import org.guiling.workflow.TaskContract;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The working calendar: the loaded years, and for an administrator a way to load another: upload, see what difference it
 * makes, load.
 */
@Controller
@RequestMapping("/calendar")
public class CalendarPages {

    private static final String PAGE = "calendar";
    private static final int DATES_SHOWN = 200;
    private static final String START = "redirect:/calendar";

    private final WorkingCalendars calendars;
    private final CalendarLoading loading;
    private final CheckedFiles checkedFiles;
    private final Organization organization;
    private final Problems problems;
    private final Texts texts;
    private final OfficeClock clock;

    CalendarPages(
            WorkingCalendars calendars,
            CalendarLoading loading,
            CheckedFiles checkedFiles,
            Organization organization,
            Problems problems,
            Texts texts,
            OfficeClock clock) {
        this.calendars = calendars;
        this.loading = loading;
        this.checkedFiles = checkedFiles;
        this.organization = organization;
        this.problems = problems;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param loaded by whom and when, or that it came with the product */
    record Year(int year, Notice notice, long workingDays, List<ExceptionDay> exceptions, String loaded) {}

    /** @param what the task that waits until then, or the look-back */
    record Moved(String itemNo, String title, String what, LocalDate from, LocalDate to) {}

    @GetMapping
    String years(Model model) {
        WorkingCalendar calendar = calendars.current();
        model.addAttribute("years", calendar.years().stream().map(this::year).toList());
        model.addAttribute("missing", firstMissing(calendar));
        return "calendar";
    }

    @PostMapping("/check")
    String check(@RequestParam MultipartFile file, HttpSession session, RedirectAttributes next) {
        checkedFiles.drop(session, PAGE);
        try {
            byte[] content = checkedFiles.content(file);
            checkedFiles.keep(session, PAGE, PAGE, content, loading.preview(new ByteArrayInputStream(content)));
            return "redirect:/calendar/check";
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
            return START;
        }
    }

    @GetMapping("/check")
    String checked(HttpSession session, Model model) {
        return checkedFiles
                .<Difference>find(session, PAGE, PAGE)
                .map(checked -> {
                    List<MovedDate> dates = checked.result().dates();
                    model.addAttribute("token", checked.token());
                    model.addAttribute("difference", checked.result());
                    model.addAttribute(
                            "dates",
                            dates.stream().limit(DATES_SHOWN).map(this::moved).toList());
                    return "calendar-check";
                })
                .orElse(START);
    }

    @PostMapping("/load")
    String load(@RequestParam String token, HttpSession session, RedirectAttributes next) {
        try {
            byte[] content = checkedFiles.take(session, PAGE, PAGE, token);
            next.addFlashAttribute("loaded", loading.load(new ByteArrayInputStream(content)));
        } catch (RefusedException refused) {
            next.addFlashAttribute("refused", problems.text(refused));
        } catch (ConcurrencyFailureException race) {
            next.addFlashAttribute("refused", texts.get("calendar.race"));
        }
        return START;
    }

    private Year year(CalendarYear year) {
        String loaded = year.loadedBy() == null
                ? texts.get("calendar.shipped")
                : texts.get(
                        "calendar.loaded-by", organization.personName(year.loadedBy()), texts.minute(year.loadedAt()));
        return new Year(year.year(), year.notice(), year.workingDays(), year.exceptions(), loaded);
    }

    private Moved moved(MovedDate date) {
        String what = date.taskKey() == null
                ? texts.get("calendar.look-back")
                : texts.label((Enum<?>) TaskContract.of(date.taskKey()).orElseThrow());
        return new Moved(date.itemNo(), date.title(), what, date.from(), date.to());
    }

    /** The first year from this one on that is not loaded; a text, because a number would be given a thousands separator. */
    private String firstMissing(WorkingCalendar calendar) {
        return Integer.toString(IntStream.iterate(clock.today().getYear(), year -> year + 1)
                .filter(year -> !calendar.isLoaded(year))
                .findFirst()
                .orElseThrow());
    }
}
