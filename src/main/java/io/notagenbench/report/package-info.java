/**
 * Reads the folder of a run and says what was measured: the answers first, then tables and charts, then how well the numbers fit
 * together.
 *
 * <p>Start with {@link io.notagenbench.report.Report}, which lists the sections in their order. Each section is a class that turns
 * {@link io.notagenbench.report.RunResults} into a part of a document. {@link io.notagenbench.report.PieceResult} is one row of a
 * benchmark that writes whole pieces.
 *
 * <p>This package computes with the sizes of models and with recorded pieces, but it starts no engine and writes no piece: a score
 * that it shows was written by the fork that was measured.
 */
package io.notagenbench.report;
