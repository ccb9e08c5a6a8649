package org.guiling.document;

import java.util.List;

/**
 * The contents of documents. The components are the placeholders of the templates: texts as they are printed, empty
 * where the record holds nothing; {@code item.title} is {@code {{item.title}}}, the fields of a list's rows are
 * {@code [content]}. docs/documents.md tells their meaning to an office, which DocumentsGuideTest checks for completeness.
 */
final class DocumentContent {

    private DocumentContent() {}

    /** The item, as the ledger has it. Whom a petition is about is masked. */
    record ItemFacts(
            String itemNo,
            String title,
            String factText,
            String location,
            String subject,
            String amount,
            String source,
            String sourceDocNo,
            String foundOn,
            String foundBy,
            String category,
            String level,
            String urgency,
            String registeredOn,
            String leadUnit,
            String coUnits,
            String principal,
            String divisionLeader,
            String handler,
            String claimedOn,
            String rootCause,
            String rectificationType,
            String target,
            String originalDue,
            String currentDue,
            String dueBasis,
            String round,
            String status,
            String step,
            String result,
            String extension,
            String submittedOn) {}

    record MeasureRow(
            String seq,
            String content,
            String track,
            String owner,
            String due,
            String expectedResult,
            String state,
            String result,
            String evidence) {}

    record DefectRow(String seq, String content) {}

    record CriterionRow(String criterion, String met) {}

    record InstitutionRow(String name, String docNo, String issuedOn) {}

    /** A decision as the system recorded it. The signature on paper is somebody's pen. */
    record DecisionRow(String seq, String approver, String unit, String decision, String opinion, String decidedOn) {}

    record Assignment(
            String office,
            String year,
            String number,
            ItemFacts item,
            String reviewedBy,
            String dispatchedOn,
            String reviewOpinion) {}

    record SupervisionLetter(
            String office,
            String year,
            String number,
            ItemFacts item,
            String unit,
            String reason,
            String issuedBy,
            String issuedOn,
            String replyUntil,
            String objectionUntil,
            List<MeasureRow> measures) {}

    record ExtensionApproval(
            String office,
            ItemFacts item,
            String requestedBy,
            String requestedOn,
            String fromDue,
            String askedDue,
            String reason,
            String evidence,
            List<DecisionRow> decisions,
            String outcome,
            String decidedOn) {}

    record ReworkNotice(
            String office,
            String year,
            String number,
            ItemFacts item,
            String issuedOn,
            String returnedAt,
            String returnedBy,
            String returnedOn,
            String opinion,
            String reworkDue,
            List<DefectRow> defects) {}

    record VerificationForm(
            String office,
            ItemFacts item,
            List<MeasureRow> measures,
            String otherEvidence,
            List<InstitutionRow> institutions,
            String method,
            String verifiedOn,
            String verifiers,
            List<CriterionRow> criteria,
            String result,
            String callBack,
            String opinion) {}

    record ClosureApproval(
            String office,
            ItemFacts item,
            List<MeasureRow> measures,
            String otherEvidence,
            List<InstitutionRow> institutions,
            String verification,
            String sourceReply,
            List<DecisionRow> signOffs,
            String closedOn,
            String lookBackOn) {}

    record RectificationReport(
            String unit,
            String year,
            String from,
            String to,
            String asOf,
            String total,
            String split,
            String closed,
            String closedInPeriod,
            String open,
            String overdue,
            String rate,
            List<FigureRow> figures,
            List<LedgerRow> items) {}

    /** One of the figures of DOMAIN.md §5 at the end of the period. */
    record FigureRow(String figure, String value, String basis) {}

    record LedgerRow(
            String seq,
            String itemNo,
            String title,
            String measures,
            String leadUnit,
            String principal,
            String due,
            String result,
            String status,
            String closedOn) {}
}
