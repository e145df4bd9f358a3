/**
 * The parameters of the suite: one name, one meaning and one default for each, the same in benchmarks, commands, plans
 * and results. It also has the names of backends, decodings, precisions and models that they take.
 *
 * <p>Start reading with {@link io.notagenbench.params.Parameter}. To add a parameter, add a constant there and a
 * default in {@link io.notagenbench.params.Defaults}. This package checks the form of a value; whether an engine can
 * run it is decided elsewhere. It uses only {@code fault}.
 */
package io.notagenbench.params;
