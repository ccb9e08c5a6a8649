/** Names that an expression may use that reaches the engine, from a model, a stored filter, a query or a job. */
package org.guiling.engine.expression;
