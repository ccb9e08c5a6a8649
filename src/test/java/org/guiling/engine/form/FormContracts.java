package org.guiling.engine.form;

import java.util.List;
import org.guiling.workflow.CardDecisionForm;
import org.guiling.workflow.CardReplyForm;
import org.guiling.workflow.CardTakingBackForm;
import org.guiling.workflow.ClaimForm;
import org.guiling.workflow.ConfirmationForm;
import org.guiling.workflow.DeclineRulingForm;
import org.guiling.workflow.DecompositionForm;
import org.guiling.workflow.FastLaneForm;
import org.guiling.workflow.FormContract;
import org.guiling.workflow.LookBackForm;
import org.guiling.workflow.ObjectionForm;
import org.guiling.workflow.ObjectionRulingForm;
import org.guiling.workflow.PlanApprovalForm;
import org.guiling.workflow.PlanForm;
import org.guiling.workflow.RectificationForm;
import org.guiling.workflow.RegistrationForm;
import org.guiling.workflow.RegistrationReviewForm;
import org.guiling.workflow.RequestDecisionForm;
import org.guiling.workflow.RequestForm;
import org.guiling.workflow.ResumptionForm;
import org.guiling.workflow.SignOffForm;
import org.guiling.workflow.SpotCheckOrderForm;
import org.guiling.workflow.SpotCheckVisitForm;
import org.guiling.workflow.TakingBackForm;
import org.guiling.workflow.VerificationForm;

/** The contracts of all forms. */
final class FormContracts {

    static final List<FormContract> ALL = List.of(
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
