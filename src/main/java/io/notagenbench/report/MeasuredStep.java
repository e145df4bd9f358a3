package io.notagenbench.report;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.engine.DecodeCost;
import io.notagenbench.engine.Device;
import io.notagenbench.engine.PassCost;
import io.notagenbench.engine.WeightFormat;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.RepresentativePatches;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Precision;
import io.notagenbench.results.PieceCounters;
import java.util.Optional;

/**
 * What a measured row takes for one patch, or for one character where it measures one.
 *
 * @param milliseconds of it, measured
 * @param cost         that nothing which computes it can avoid
 * @param weights      bytes of the weights that it goes through again and again: of the levels that it runs
 */
record MeasuredStep(double milliseconds, DecodeCost cost, double weights) {

    /** Empty for a benchmark that decodes nothing, where a count is missing, and where the model or the trace is no longer there. */
    static Optional<MeasuredStep> of(Measurement row) {
        try {
            return step(row);
        } catch (Fault e) {
            return Optional.empty();
        }
    }

    private static Optional<MeasuredStep> step(Measurement row) {
        PassCost pass = new PassCost(ModelSource.config(value(row, Parameter.MODEL)),
                WeightFormat.of(value(row, Parameter.BACKEND), Precision.of(value(row, Parameter.PRECISION)),
                        Device.each(value(row, Parameter.DEVICE)).get(0).kind()));
        boolean recompute = Decoding.of(value(row, Parameter.DECODING)) == Decoding.RECOMPUTE;
        double patchLevel = pass.patches(1, 0).weightBytes();
        double charLevel = pass.chars(1, 0).weightBytes();
        return switch (row.benchmark()) {
            case Measurements.PIECE -> StageCounts.of(row).flatMap(counts -> piece(row, counts, pass, recompute).map(cost ->
                    new MeasuredStep(row.milliseconds() / counts.calls(), cost, patchLevel + charLevel)));
            case Measurements.PATCH_STEP -> Optional.of(new MeasuredStep(row.milliseconds(), recompute
                    ? pass.patches(context(row), 0) : pass.patches(1, context(row) - 1), patchLevel));
            case Measurements.PREFILL -> Optional.of(
                    new MeasuredStep(row.milliseconds(), pass.patches(context(row), 0), patchLevel));
            case Measurements.PATCH_DECODING -> Optional.of(new MeasuredStep(row.milliseconds(),
                    recorded(Trace.load(value(row, Parameter.WORK)), pass, recompute), charLevel));
            case Measurements.CHAR_STEP -> Optional.of(new MeasuredStep(row.milliseconds(),
                    patch(PATCH_SIZE, pass, recompute).times(1.0 / PATCH_SIZE), charLevel));
            default -> Optional.empty();
        };
    }

    private static String value(Measurement row, Parameter parameter) {
        return row.params().getOrDefault(parameter.label(), parameter.defaultValue());
    }

    private static double context(Measurement row) {
        return Double.parseDouble(value(row, Parameter.CONTEXT));
    }

    /** The char level for the mean of the patches that represent a recorded piece; recomputation fills all slots. */
    private static DecodeCost recorded(Trace trace, PassCost pass, boolean recompute) {
        return RepresentativePatches.of(trace).stream()
                .map(ids -> patch(recompute ? PATCH_SIZE : ids.length, pass, recompute))
                .reduce(DecodeCost.NOTHING, DecodeCost::plus).times(1.0 / RepresentativePatches.COUNT);
    }

    /** One char-level pass for each character: over the whole patch so far, or over the newest position alone. */
    private static DecodeCost patch(int chars, PassCost pass, boolean recompute) {
        DecodeCost cost = DecodeCost.NOTHING;
        for (int slot = 0; slot < chars; slot++) {
            cost = cost.plus(recompute ? pass.chars(slot + 1, 0) : pass.chars(1, slot));
        }
        return cost;
    }

    /** The passes of the patch level besides prefills: of one patch each, and of drafts behind it. */
    private static DecodeCost steps(PieceCounters counted, StageCounts counts, PassCost pass) {
        boolean passes = counted.patchPasses > 0;
        double steps = (passes ? counted.patchPasses : counts.calls()) - counts.prefills();
        double rows = passes ? counted.patchRows - counts.prefillPatches() : steps;
        return steps > 0 ? pass.patches(rows / steps, counts.meanContext() - 1).times(steps) : DecodeCost.NOTHING;
    }

    /** A patch of a piece, from the piece's own counts: calls, prefills, passes of both levels and the rows in them. */
    private static Optional<DecodeCost> piece(Measurement row, StageCounts counts, PassCost pass, boolean recompute) {
        PieceCounters counted = row.mean(PieceCounters.class);
        if (Double.isNaN(counted.charPasses)) {
            return Optional.empty();
        }
        DecodeCost patchLevel = recompute ? pass.patches(counts.meanContext(), 0).times(counts.calls())
                : pass.patches(counts.meanPrefill(), counts.meanKept()).times(counts.prefills()).plus(steps(counted, counts, pass));
        double passes = counted.charPasses;
        double rows = counted.charRows / passes;
        // passes begin at position 0 and, in equal steps, at last where only their own rows are left
        double start = recompute ? 0 : Math.max(0, rows * (passes / counts.calls() - 1) / 2);
        return Optional.of(patchLevel.plus(pass.chars(rows, start).times(passes)).times(1 / counts.calls()));
    }
}
