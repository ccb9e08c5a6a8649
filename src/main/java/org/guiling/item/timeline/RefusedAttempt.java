package org.guiling.item.timeline;

import java.util.List;
import org.guiling.item.Action;
import org.guiling.refusal.Problem;

/**
 * Something that a person tried and a rule refused.
 *
 * @param actor a person's id
 * @param attempt what would have been done
 * @param task the user task or the model, by its id
 * @param problems why it was refused
 */
public record RefusedAttempt(String itemNo, String actor, Action attempt, String task, List<Problem> problems) {}
