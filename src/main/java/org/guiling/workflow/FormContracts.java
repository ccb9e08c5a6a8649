package org.guiling.workflow;

import java.util.List;

/** The contracts of all forms. */
public final class FormContracts {

    public static final List<FormContract> ALL = List.of(
            RegistrationForm.FORM,
            RegistrationForm.AMENDMENT,
            RequestForm.EXTENSION,
            RequestForm.SUSPENSION,
            RequestForm.WITHDRAWAL,
            RequestForm.REOPENING,
            RegistrationReviewForm.FORM,
            ClaimForm.FORM,
            DeclineRulingForm.FORM,
            PlanForm.FORM,
            PlanApprovalForm.FORM,
            RectificationForm.FORM,
            VerificationForm.FORM,
            ConfirmationForm.FORM,
            SignOffForm.FORM,
            LookBackForm.FORM,
            FastLaneForm.FORM,
            SpotCheckOrderForm.FORM,
            SpotCheckVisitForm.FORM,
            RequestDecisionForm.FORM,
            ObjectionForm.FORM,
            ObjectionRulingForm.FORM,
            ResumptionForm.FORM,
            DecompositionForm.FORM,
            TakingBackForm.FORM,
            CardDecisionForm.FORM,
            CardTakingBackForm.FORM,
            CardReplyForm.FORM);

    private FormContracts() {}
}
