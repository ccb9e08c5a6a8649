package org.guiling.document;

import static org.guiling.document.Docx.Style.*;

import org.guiling.document.Docx.Table;

/** The templates that are shipped. What the record does not hold has room for a pen, the seal's place stays free. */
final class ShippedTemplates {

    private static final String BY_HAND = "　　　　年　　月　　日";
    private static final String SIGNATURE = "签字（盖章）：　　　　　　　　　　　年　　月　　日";
    private static final String NUMBER = "{{number}}";

    private ShippedTemplates() {}

    static byte[] of(DocumentKind kind) {
        return switch (kind) {
            case ASSIGNMENT -> assignment();
            case URGING_LETTER -> supervisionLetter("催办函", "现予催办，请抓紧办理。", "请于　　月　　日前书面反馈办理情况。", false);
            case YELLOW_CARD_LETTER ->
                supervisionLetter("黄牌督办函", "现对你单位发出黄牌，予以督办。请立即采取措施推进整改。", "请于{{replyUntil}}前（含当日）书面报告整改情况。", true);
            case RED_CARD_LETTER ->
                supervisionLetter("红牌督办函", "现对你单位发出红牌，予以督办。请主要负责人立即组织整改。", "请于{{replyUntil}}前（含当日）书面报告整改情况。", true);
            case EXTENSION_APPROVAL -> extensionApproval();
            case REWORK_NOTICE -> reworkNotice();
            case VERIFICATION_FORM -> verificationForm();
            case CLOSURE_APPROVAL -> closureApproval();
            case RECTIFICATION_REPORT -> rectificationReport();
        };
    }

    private static byte[] assignment() {
        return Docx.document()
                .add(TITLE, "整改事项交办单")
                .ends(ABOVE_TABLE, "{{office}}", NUMBER)
                .add(particulars()
                        .pairs(500, "事项编号", "{{item.itemNo}}", "交办日期", "{{dispatchedOn}}")
                        .pairs(700, "问题标题", "{{item.title}}")
                        .pairs(500, "来源", "{{item.source}}", "来源文号", "{{item.sourceDocNo}}")
                        .pairs(500, "发现单位", "{{item.foundBy}}", "发现日期", "{{item.foundOn}}")
                        .pairs(500, "类别", "{{item.category}}", "等级", "{{item.level}}")
                        .pairs(500, "紧急程度", "{{item.urgency}}", "涉及金额", "{{item.amount}}")
                        .pairs(500, "地点", "{{item.location}}", "涉及对象", "{{item.subject}}")
                        .pairs(500, "牵头单位", "{{item.leadUnit}}")
                        .pairs(500, "配合单位", "{{item.coUnits}}")
                        .pairs(1400, "问题描述", "{{item.factText}}")
                        .pairs(500, "整改期限", "{{item.currentDue}}", "期限依据", "{{item.dueBasis}}")
                        .pairs(500, "立项审核", "{{reviewedBy}}", "审核意见", "{{reviewOpinion}}")
                        .pairs(500, "责任领导", "{{item.principal}}", "分管领导", "{{item.divisionLeader}}")
                        .pairs(500, "承办人", "{{item.handler}}", "认领日期", "{{item.claimedOn}}")
                        .pen(1050, "交办单位", SIGNATURE)
                        .pen(1050, "承办单位\n签收", SIGNATURE))
                .endUpright();
    }

    private static byte[] supervisionLetter(String kind, String demand, String answer, boolean card) {
        Docx letter = Docx.letter()
                .add(NUMBER_OF_LETTER, NUMBER)
                .blank(2)
                .add(TITLE, "关于{{item.itemNo}}号整改事项的")
                .add(TITLE, kind)
                .blank(1)
                .add(FLUSH, "{{unit}}：")
                .add(TEXT, "你单位牵头整改的下列事项，{{reason}}。" + demand)
                .add(TEXT, "事项：{{item.title}}。")
                .add(TEXT, "责任领导：{{item.principal}}；分管领导：{{item.divisionLeader}}；承办人：{{item.handler}}。")
                .add(TEXT, "整改期限：{{item.currentDue}}。")
                .add(TEXT_KEPT, answer);
        if (card) {
            letter.add(TEXT_KEPT, "如有异议，可于{{objectionUntil}}前（含当日）申辩。");
        }
        return letter.blankBeforeSeal()
                .add(ISSUER, "{{office}}")
                .add(DATE, "{{issuedOn}}")
                .endUpright();
    }

    private static byte[] extensionApproval() {
        return Docx.document()
                .add(TITLE, "整改事项延期审批表")
                .ends(ABOVE_TABLE, "{{office}}", "编号：{{item.itemNo}}")
                .add(particulars()
                        .pairs(700, "问题标题", "{{item.title}}")
                        .pairs(500, "牵头单位", "{{item.leadUnit}}", "等级", "{{item.level}}")
                        .pairs(500, "责任领导", "{{item.principal}}", "承办人", "{{item.handler}}")
                        .pairs(500, "申请人", "{{requestedBy}}", "申请日期", "{{requestedOn}}")
                        .pairs(500, "原定期限", "{{item.originalDue}}", "申请时期限", "{{fromDue}}")
                        .pairs(500, "申请延至", "{{askedDue}}")
                        .pairs(500, "审批结果", "{{outcome}}", "审定日期", "{{decidedOn}}")
                        .pairs(1200, "延期理由", "{{reason}}")
                        .pairs(900, "佐证材料", "{{evidence}}")
                        .pen(1500, "申请单位\n意见", SIGNATURE))
                .add(ABOVE_TABLE, "审批记录（系统记录，签字栏由本人填写）")
                .add(decisions("decisions", "审批人"))
                .endUpright();
    }

    /** A table of particulars, in two columns of pairs. */
    private static Table particulars() {
        return Table.of(1400, 3022, 1400, 3023);
    }

    /** A table of decisions: by whom, what and when. */
    private static Table decisions(String list, String who) {
        return Table.of(700, 1050, 1650, 950, 1495, 2150, 850)
                .head(LABEL, "{{" + list + "}}序号", who, "所在单位", "决定", "意见", "日期", "签字")
                .row(CELL, "[seq]", "[approver]", "[unit]", "[decision]", "[opinion]", "[decidedOn]", "");
    }

    private static byte[] reworkNotice() {
        return Docx.document()
                .blank(3)
                .add(RED_HEAD, "{{office}}")
                .blank(2)
                .add(NUMBER_UNDER_HEAD, NUMBER)
                .blank(2)
                .add(TITLE, "关于{{item.itemNo}}号整改事项")
                .add(TITLE, "退回重改的通知")
                .blank(1)
                .add(FLUSH, "{{item.leadUnit}}：")
                .add(
                        TEXT,
                        "你单位牵头整改的“{{item.title}}”，经{{returnedAt}}，尚有问题未整改到位，现退回重改，进入第{{item.round}}轮整改。请于{{reworkDue}}前完成整改，并重新提请核查。")
                .add(HEADING, "一、需要重改的问题")
                .add(FLUSH, "{{?defects}}")
                .add(TEXT, "{{seq}}. {{content}}")
                .add(FLUSH, "{{/defects}}")
                .add(HEADING, "二、退回意见")
                .add(TEXT_KEPT, "{{opinion}}")
                .blankBeforeSeal()
                .add(ISSUER, "{{office}}")
                .add(DATE, "{{issuedOn}}")
                .endUpright();
    }

    private static byte[] verificationForm() {
        return Docx.document()
                .add(TITLE, "整改事项核查验收表")
                .ends(ABOVE_TABLE, "{{office}}", "编号：{{item.itemNo}}　第{{item.round}}轮")
                .add(particulars()
                        .pairs(700, "问题标题", "{{item.title}}")
                        .pairs(900, "问题描述", "{{item.factText}}")
                        .pairs(500, "牵头单位", "{{item.leadUnit}}", "等级", "{{item.level}}")
                        .pairs(500, "责任领导", "{{item.principal}}", "承办人", "{{item.handler}}")
                        .pairs(500, "整改期限", "{{item.currentDue}}", "提请核查", "{{item.submittedOn}}")
                        .pairs(900, "整改结果", "{{item.result}}")
                        .pairs(700, "举一反三", "{{item.extension}}")
                        .pairs(500, "其他佐证", "{{otherEvidence}}"))
                .add(ABOVE_TABLE, "整改措施")
                .add(measures())
                .add(ABOVE_TABLE, "制度成果")
                .add(institutions())
                .add(ABOVE_TABLE, "核查验收")
                .add(Table.of(5845, 3000)
                        .head(LABEL_KEPT, "{{criteria}}验收标准", "是否符合")
                        .row(CELL_KEPT, "[criterion]", "[met]"))
                .add(ABOVE_TABLE, "")
                .add(particulars()
                        .pairs(500, "核查方式", "{{method}}", "核查日期", "{{verifiedOn}}")
                        .pairs(500, "核查人员", "{{verifiers}}")
                        .pairs(500, "核查结论", "{{result}}", "回访", "{{callBack}}")
                        .pairs(1400, "核查意见", "{{opinion}}")
                        .pen(1300, "核查人员\n签字", BY_HAND))
                .endUpright();
    }

    private static Table measures() {
        return Table.of(700, 2245, 1000, 2150, 950, 1800)
                .head(LABEL, "{{measures}}序号", "措施", "责任人", "时限", "状态", "佐证材料")
                .row(CELL, "[seq]", "[content]", "[owner]", "[due]", "[state]", "[evidence]");
    }

    private static Table institutions() {
        return Table.of(3945, 2700, 2200)
                .head(LABEL, "{{institutions}}名称", "文号", "印发日期")
                .row(CELL, "[name]", "[docNo]", "[issuedOn]");
    }

    private static byte[] closureApproval() {
        return Docx.document()
                .add(TITLE, "整改销号审批表")
                .ends(ABOVE_TABLE, "{{office}}", "编号：{{item.itemNo}}　第{{item.round}}轮")
                .add(particulars()
                        .pairs(700, "问题标题", "{{item.title}}")
                        .pairs(500, "来源", "{{item.source}}", "来源文号", "{{item.sourceDocNo}}")
                        .pairs(500, "牵头单位", "{{item.leadUnit}}", "等级", "{{item.level}}")
                        .pairs(500, "责任领导", "{{item.principal}}", "承办人", "{{item.handler}}")
                        .pairs(500, "原定期限", "{{item.originalDue}}", "现行期限", "{{item.currentDue}}")
                        .pairs(900, "整改结果", "{{item.result}}")
                        .pairs(700, "举一反三", "{{item.extension}}")
                        .pairs(500, "其他佐证", "{{otherEvidence}}")
                        .pairs(900, "核查验收", "{{verification}}")
                        .pairs(500, "回告来源", "{{sourceReply}}")
                        .pen(1300, "牵头单位\n意见", SIGNATURE))
                .add(ABOVE_TABLE, "整改措施")
                .add(measures())
                .add(ABOVE_TABLE, "制度成果")
                .add(institutions())
                .add(ABOVE_TABLE, "销号审批（系统记录，签字栏由本人填写）")
                .add(decisions("signOffs", "审批人"))
                .add(ABOVE_TABLE, "")
                .add(particulars().pairs(600, "销号日期", "{{closedOn}}", "回头看日期", "{{lookBackOn}}"))
                .endUpright();
    }

    private static byte[] rectificationReport() {
        return Docx.document()
                .blank(1)
                .add(TITLE, "{{unit}}")
                .add(TITLE, "关于整改工作情况的报告")
                .blank(1)
                .add(FLUSH, "　　　　　　　　　　：")
                .add(TEXT, "现将{{from}}至{{to}}整改工作情况报告如下。")
                .add(HEADING, "一、总体情况")
                .add(
                        TEXT,
                        "报告期内，{{unit}}及下级单位在办整改事项共{{total}}件（已分解为子项的{{split}}件列入附件，不另计数）。截至{{asOf}}，已销号{{closed}}件，其中报告期内销号{{closedInPeriod}}件；尚未销号{{open}}件，其中已超期{{overdue}}件；整改率{{rate}}。逐项情况见附件。")
                .add(TEXT_KEPT, "截至{{to}}，按当日台账统计的指标如下：")
                .add(Table.of(4445, 2200, 2200)
                        .head(LABEL, "{{figures}}指标", "数值", "分子／分母或件数")
                        .row(CELL, "[figure]", "[value]", "[basis]"))
                .add(HEADING, "二、主要做法")
                .blank(2)
                .add(HEADING, "三、存在的问题和下一步打算")
                .blank(2)
                .add(TEXT_KEPT, "附件：整改台账")
                .blankBeforeSeal()
                .add(ISSUER, "{{unit}}")
                .add(DATE, BY_HAND)
                .turn()
                .add(ATTACHMENT, "附件")
                .add(TITLE, "整改台账")
                .endsAcross(ABOVE_TABLE, "单位：{{unit}}", "报告期：{{from}}至{{to}}（截至{{asOf}}）")
                .add(Table.of(600, 1150, 1950, 2000, 1330, 820, 1320, 1446, 820, 1320)
                        .head(
                                LEDGER_HEAD,
                                "{{items}}序号",
                                "编号",
                                "问题",
                                "整改措施",
                                "责任单位",
                                "责任人",
                                "整改期限",
                                "整改结果",
                                "状态",
                                "销号日期")
                        .row(
                                LEDGER_CELL,
                                "[seq]",
                                "[itemNo]",
                                "[title]",
                                "[measures]",
                                "[leadUnit]",
                                "[principal]",
                                "[due]",
                                "[result]",
                                "[status]",
                                "[closedOn]"))
                .endAcross();
    }
}
