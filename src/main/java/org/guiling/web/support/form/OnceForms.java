package org.guiling.web.support.form;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.guiling.audit.Digests;
import org.guiling.idempotency.FirstAnswer;
import org.guiling.idempotency.IdempotencyKeys;
import org.guiling.idempotency.Sending;
import org.guiling.organization.CurrentPerson;
import org.guiling.refusal.RefusedException;
import org.guiling.text.Texts;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Carries out each form of the portal once, however often it is sent: by a double tap, a second tab, or after going
 * back. Each form carries a key of its own ({@link FormKeys}); sending it again leads to the result of the first time.
 */
@Component
public class OnceForms {

    /** Names with an underscore are the page's own and no input of a form. */
    static final String FIELD = "_once";

    private static final Pattern KEY = Pattern.compile("[0-9a-f-]{36}");
    private static final String NOTE = "note";

    private final IdempotencyKeys keys;
    private final CurrentPerson currentPerson;
    private final HttpServletRequest request;
    private final Texts texts;

    OnceForms(IdempotencyKeys keys, CurrentPerson currentPerson, HttpServletRequest request, Texts texts) {
        this.keys = keys;
        this.currentPerson = currentPerson;
        this.request = request;
        this.texts = texts;
    }

    /**
     * Does what the current request's form is for, unless that was done before.
     *
     * @param use the view that it leads to, a redirect
     * @return that view, of the first time
     * @throws RefusedException also when the form was sent before with something else in it
     */
    public String once(Supplier<String> use) {
        String once = request.getParameter(FIELD);
        if (once == null || !KEY.matcher(once).matches()) {
            // A page of before this was, or a script: as it ever was.
            return use.get();
        }
        boolean[] now = new boolean[1];
        FirstAnswer answer = answer(sending(once), () -> {
            now[0] = true;
            return FirstAnswer.page(use.get());
        });
        if (!now[0]) {
            RequestContextUtils.getOutputFlashMap(request).put(NOTE, texts.get("form.sent-before"));
        }
        return answer.location();
    }

    private FirstAnswer answer(Sending sending, IdempotencyKeys.Work work) {
        try {
            return keys.onceWaiting(sending, work);
        } catch (RefusedException refused) {
            throw refused.problems().stream().anyMatch(problem -> problem.code().equals("idempotency.other-payload"))
                    ? RefusedException.conflict("form.sent-otherwise")
                    : refused;
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One page may have several forms, so its key is one for each address. */
    private Sending sending(String once) {
        String path = Objects.requireNonNull(request.getRequestURI());
        String key = "form " + HexFormat.of().formatHex(Digests.of((once + " " + path).getBytes(UTF_8)));
        Map<String, List<String>> sent = request.getParameterMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, input -> List.of(input.getValue())));
        return new Sending(
                currentPerson.get().id(),
                key,
                RequestFingerprint.ofForm(path, sent).digest());
    }
}
