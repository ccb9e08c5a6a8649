package org.guiling.workflow.form;

import java.time.LocalDate;
import java.util.List;
import org.guiling.item.RequestGround;
import org.guiling.item.RequestKind;
import org.guiling.item.request.ItemRequest;
import org.guiling.workflow.FiveStepZeroing;
import org.guiling.workflow.RequestProcess;

/** The start forms of the requests that somebody decides on: what each asks for becomes one draft. */
public final class RequestForm {

    /** The input of each start form beside the five steps: which item it is about. */
    public static final Field<String> ITEM_NO = Field.text(FiveStepZeroing.Variables.ITEM_NO);

    public static final FormContract EXTENSION = new FormContract("extension-request");
    public static final FormContract SUSPENSION = new FormContract("suspension-request");
    public static final FormContract WITHDRAWAL = new FormContract("withdrawal-request");
    public static final FormContract REOPENING = new FormContract("reopening-request");

    private static final Field<String> REASON = Field.text("reason");
    private static final Field<LocalDate> NEW_DUE = Field.date("newDue");
    private static final Field<RequestGround> GROUND = Field.code("ground", RequestGround.class);
    private static final Field<String> EVIDENCE = EXTENSION.with(Field.text("evidence"));
    private static final Field<LocalDate> REVIEW_ON = SUSPENSION.with(Field.date("reviewOn"));
    private static final Field<RequestKind> KIND = WITHDRAWAL.with(Field.code("kind", RequestKind.class));
    private static final Field<String> RECEIPT_NO = WITHDRAWAL.with(Field.text("receiptNo"));
    private static final Field<String> TARGET_NO = WITHDRAWAL.with(Field.text("targetNo"));

    static {
        EXTENSION.with(List.of(ITEM_NO, NEW_DUE, REASON));
        SUSPENSION.with(List.of(ITEM_NO, GROUND, REASON));
        WITHDRAWAL.with(List.of(ITEM_NO, GROUND, REASON));
        REOPENING.with(List.of(ITEM_NO, NEW_DUE, REASON));
    }

    private RequestForm() {}

    /** @throws IllegalArgumentException when nobody decides on it as on a request of its own */
    public static ItemRequest.Draft read(RequestProcess process, FormValues values) {
        String reason = values.get(REASON);
        return switch (process) {
            case EXTENSION ->
                new ItemRequest.Draft(
                        RequestKind.EXTENSION, reason, values.get(EVIDENCE), null, null, null, values.get(NEW_DUE));
            case SUSPENSION ->
                new ItemRequest.Draft(
                        RequestKind.SUSPENSION, reason, null, values.get(GROUND), null, null, values.get(REVIEW_ON));
            case WITHDRAWAL ->
                new ItemRequest.Draft(
                        values.get(KIND),
                        reason,
                        null,
                        values.get(GROUND),
                        values.get(RECEIPT_NO),
                        values.get(TARGET_NO),
                        null);
            case REOPENING ->
                new ItemRequest.Draft(RequestKind.REOPENING, reason, null, null, null, null, values.get(NEW_DUE));
            case OBJECTION, DECOMPOSITION, TAKING_BACK ->
                throw new IllegalArgumentException(process + " is no request");
        };
    }
}
