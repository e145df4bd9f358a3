/**
 * How something that went wrong is told to a person: one sentence, an exit code, and for a run its outcome.
 *
 * <p>Start reading with {@link io.notagenbench.fault.Fault}. Every package may use this one; it uses none of the
 * others.
 */
package io.notagenbench.fault;
