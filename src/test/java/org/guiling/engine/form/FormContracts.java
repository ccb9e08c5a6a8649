package org.guiling.engine.form;

import java.util.List;
import org.guiling.workflow.form.CardDecisionForm;
import org.guiling.workflow.form.CardReplyForm;
import org.guiling.workflow.form.CardTakingBackForm;
import org.guiling.workflow.form.ClaimForm;
import org.guiling.workflow.form.ConfirmationForm;
import org.guiling.workflow.form.DeclineRulingForm;
import org.guiling.workflow.form.DecompositionForm;
import org.guiling.workflow.form.FastLaneForm;
import org.guiling.workflow.form.FormContract;
import org.guiling.workflow.form.LookBackForm;
import org.guiling.workflow.form.ObjectionForm;
import org.guiling.workflow.form.ObjectionRulingForm;
import org.guiling.workflow.form.PlanApprovalForm;
import org.guiling.workflow.form.PlanForm;
import org.guiling.workflow.form.RectificationForm;
import org.guiling.workflow.form.RegistrationForm;
import org.guiling.workflow.form.RegistrationReviewForm;
import org.guiling.workflow.form.RequestDecisionForm;
import org.guiling.workflow.form.RequestForm;
import org.guiling.workflow.form.ResumptionForm;
import org.guiling.workflow.form.SignOffForm;
import org.guiling.workflow.form.SpotCheckOrderForm;
import org.guiling.workflow.form.SpotCheckVisitForm;
import org.guiling.workflow.form.TakingBackForm;
import org.guiling.workflow.form.VerificationForm;

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
