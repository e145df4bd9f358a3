package io.notagenbench.report;

import io.notagenbench.params.Defaults;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that a run measured, and which of its stages belong to which piece.
 *
 * @param all in the order of the plan
 */
record Measurements(List<Measurement> all) {

    static final String PIECE = "FullPieceBenchmark.generate";
    static final String STRETCH = "StretchBenchmark.decode";
    static final String PATCH_STEP = "ForwardPassBenchmark.patchStep";
    static final String PREFILL = "ForwardPassBenchmark.prefill";
    static final String CHAR_STEP = "ForwardPassBenchmark.charStep";
    static final String PATCH_DECODING = "PatchDecodingBenchmark.decode";

    private static final String CONTEXT = "context";
    private static final String DECODING = "decoding";
    private static final String WORK = "work";

    Measurements {
        all = List.copyOf(all);
    }

    List<Measurement> of(String benchmark) {
        return all.stream().filter(measurement -> measurement.benchmark().equals(benchmark)).toList();
    }

    /** The piece with the same parameters that recomputes; empty where it was not measured. */
    Optional<Measurement> baseline(Measurement piece) {
        return of(PIECE).stream().filter(other -> other.param(DECODING).equals("recompute"))
                .filter(other -> agree(other.params(), piece.params(), DECODING)).findFirst();
    }

    /** The piece as the sum of its stages; empty where one of them, or its counts, was not measured. */
    Optional<Closure> closure(Measurement piece) {
        return StageCounts.of(piece).flatMap(counts -> closure(piece, counts));
    }

    private Optional<Closure> closure(Measurement piece, StageCounts counts) {
        OptionalDouble decode = decode(piece);
        return switch (piece.param(DECODING)) {
            case "recompute" -> Closure.recompute(counts, curve(PATCH_STEP, piece, false), decode);
            case "cached" -> Closure.cached(counts, curve(PATCH_STEP, piece, false), curve(PREFILL, piece, true), decode);
            default -> Optional.empty();
        };
    }

    private OptionalDouble decode(Measurement piece) {
        return of(PATCH_DECODING).stream()
                .filter(stage -> agree(stage.params(), piece.params(), WORK) && sameWork(stage, piece))
                .mapToDouble(Measurement::milliseconds).findFirst();
    }

    /** A piece of the model's own has no record: any recorded piece is taken for it. */
    private static boolean sameWork(Measurement stage, Measurement piece) {
        return piece.param(WORK).equals(Defaults.WORK) || stage.param(WORK).equals(piece.param(WORK));
    }

    private ContextCurve curve(String benchmark, Measurement piece, boolean eachPatch) {
        ContextCurve curve = new ContextCurve();
        of(benchmark).stream().filter(stage -> agree(stage.params(), piece.params(), CONTEXT)).forEach(stage -> {
            double context = Double.parseDouble(stage.param(CONTEXT));
            curve.add(context, stage.milliseconds() / (eachPatch ? context : 1));
        });
        return curve;
    }

    /** Whether two cells have the same value for each parameter that both have, but for one. */
    private static boolean agree(Map<String, String> first, Map<String, String> second, String except) {
        return first.entrySet().stream().allMatch(entry -> entry.getKey().equals(except)
                || entry.getValue().equals(second.getOrDefault(entry.getKey(), entry.getValue())));
    }
}
