package org.guiling.organization;

import java.util.Arrays;
import java.util.Optional;

/** Functions of a person in the procedure; each role is a group of the engine, those of a unit one for each unit. */
public enum Role {
    /** 登记员: writes problems down. */
    REGISTRAR("registrars"),
    /** 立项审核员: decides whether a problem becomes an item. */
    REVIEWER("reviewers"),
    /** 承办人: claims, plans and rectifies for their unit. */
    HANDLER(null),
    /** 单位负责人: closes the items of villages below their unit. */
    UNIT_LEADER(null),
    /** 核查员: verifies, from outside the responsible unit. */
    VERIFIER("verifiers"),
    /** 督导员: approves plans and is first in the sign-off chain. */
    SUPERVISOR("supervisors"),
    /** 领导小组副组长 */
    LEADER("leaders"),
    /** 领导小组组长 */
    GROUP_HEAD("group-heads"),
    /** 运维员: watches the engine, decides nothing about items. */
    OPERATOR("operators"),
    /** 系统管理员: loads the working calendar, decides nothing about items. */
    ADMINISTRATOR("administrators"),
    /** 审计管理员: reads the audit trail and verifies it, administers nothing; never a system administrator as well. */
    AUDIT_ADMINISTRATOR("audit-administrators");

    private static final String UNIT = "unit-";
    private static final String LEADERS = "-leaders";

    private final String group;

    Role(String group) {
        this.group = group;
    }

    /** The role whose people are in the engine's group; empty for a group that is none of ours. */
    public static Optional<Role> ofGroup(String group) {
        if (group.startsWith(UNIT)) {
            return Optional.of(group.endsWith(LEADERS) ? UNIT_LEADER : HANDLER);
        }
        return Arrays.stream(values()).filter(role -> group.equals(role.group)).findFirst();
    }

    /** The unit whose handlers or leaders the group is of. */
    static String unitOfGroup(String group) {
        String unit = group.substring(UNIT.length());
        return unit.endsWith(LEADERS) ? unit.substring(0, unit.length() - LEADERS.length()) : unit;
    }

    /** The engine's group of a person of this role in the unit. */
    public String group(String unitCode) {
        return switch (this) {
            case HANDLER -> handlersOf(unitCode);
            case UNIT_LEADER -> leadersOf(unitCode);
            default -> group;
        };
    }

    /** The group of those who may claim for the unit. */
    public static String handlersOf(String unitCode) {
        return UNIT + unitCode;
    }

    /** The group of the leaders of the unit whose handlers' group this is. */
    public static String leadersBeside(String handlers) {
        return handlers + LEADERS;
    }

    /** The group of those who close items of the villages below the unit. */
    public static String leadersOf(String unitCode) {
        return UNIT + unitCode + LEADERS;
    }
}
