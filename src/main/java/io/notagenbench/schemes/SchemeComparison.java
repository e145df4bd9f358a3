package io.notagenbench.schemes;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.TensorSpec;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Trace;
import io.notagenbench.loss.PrecisionLoss;
import io.notagenbench.loss.TeacherForced;
import io.notagenbench.race.Lane;
import io.notagenbench.race.Rounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares ways to round the weights of linear layers: what each loses over recorded pieces with every character given,
 * what it takes, and how fast it decodes, all of them in turns.
 *
 * @param model      whose weights are rounded
 * @param candidates besides fp32
 * @param pieces     recorded pieces for the loss; the first is decoded for the times
 * @param context    the most patches of each piece
 * @param threads    of a model call
 * @param skipped    patches of the first piece before those that are decoded
 * @param rounds     in which they are
 */
public record SchemeComparison(String model, List<Candidate> candidates, List<GenerationSettings> pieces, int context, int threads,
        int skipped, Rounds rounds) {

    /** Requires a trace that is long enough, and candidates that are possible. */
    public SchemeComparison {
        Trace first = trace(pieces.get(0));
        int patches = skipped + Lane.WARM_UP + rounds.patches();
        if (patches > first.patches().size()) {
            throw Fault.usage("the trace " + first.name() + " has " + first.patches().size() + " patches and " + patches
                    + " are asked for: choose a smaller -p patches or --skip.");
        }
        pieces.get(0).requireRows(ModelSource.config(model).rows());
        for (Candidate candidate : candidates) {
            BackendProvider.of(candidate.backend()).require(candidate.settings(threads));
        }
    }

    private static Trace trace(GenerationSettings piece) {
        return piece.trace().orElseThrow(() -> Fault.usage("schemes needs recorded work, so that every character is given:"
                + " choose -p work=long or another trace."));
    }

    /**
     * Runs it.
     *
     * @param progress hears a sentence whenever something has been done
     */
    public SchemeResult run(Consumer<String> progress) {
        try (Weights weights = ModelSource.open(model)) {
            LossCheck check = check(weights);
            Map<Candidate, PrecisionLoss> roundings = new LinkedHashMap<>();
            Map<Candidate, Runner> runners = new LinkedHashMap<>();
            try {
                runners.put(Candidate.FP32, runner(Candidate.FP32, weights, check));
                for (Candidate candidate : candidates) {
                    roundings.put(candidate, rounding(candidate, weights, check));
                    if (candidate.refusal().isEmpty()) {
                        runners.put(candidate, runner(candidate, weights, check));
                    }
                    progress.accept(candidate.schemes().label() + " on " + candidate.backend().label() + ": loss measured");
                }
                runners.values().forEach(Runner::warmUp);
                rounds.run(List.copyOf(runners.values()),
                        round -> progress.accept("round " + (round + 1) + " of " + rounds.count()));
                return result(weights, check, roundings, runners);
            } finally {
                runners.values().forEach(Runner::close);
            }
        }
    }

    private LossCheck check(Weights weights) {
        int patches = Math.min(context, weights.config().rows());
        try (NotaGenModel fp32 = Candidate.FP32.open(weights, threads)) {
            return new LossCheck(pieces.stream().map(piece -> TeacherForced.of(trace(piece), patches).context()).toList(), fp32);
        }
    }

    private PrecisionLoss rounding(Candidate candidate, Weights weights, LossCheck check) {
        try (Weights rounded = new RoundedWeights(weights, candidate.schemes());
                NotaGenModel fp32 = Candidate.FP32.open(rounded, threads)) {
            return check.of(fp32);
        }
    }

    private Runner runner(Candidate candidate, Weights weights, LossCheck check) {
        NotaGenModel opened = candidate.open(weights, threads);
        try {
            return new Runner(candidate.schemes().label(), opened, check, pieces.get(0), skipped);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private SchemeResult result(Weights weights, LossCheck check, Map<Candidate, PrecisionLoss> roundings,
            Map<Candidate, Runner> runners) {
        Runner baseline = runners.get(Candidate.FP32);
        long elements = TensorSpec.all(weights.config()).stream().filter(TensorSpec::isLinear).mapToLong(TensorSpec::elements).sum();
        List<SchemeResult.Row> rows = new ArrayList<>();
        long whole = Candidate.FP32.schemes().bytes(weights.config());
        rows.add(SchemeResult.row(Candidate.FP32, elements, whole, baseline.loss(), baseline, baseline));
        for (Candidate candidate : candidates) {
            long bytes = candidate.schemes().bytes(weights.config());
            PrecisionLoss rounding = roundings.get(candidate);
            Runner runner = runners.get(candidate);
            rows.add(runner == null ? SchemeResult.row(candidate, elements, bytes, rounding, candidate.refusal().orElseThrow())
                    : SchemeResult.row(candidate, elements, bytes, rounding, runner, baseline));
        }
        return new SchemeResult(model, weights.hash(), pieces.stream().map(piece -> trace(piece).name()).toList(),
                check.characters(), trace(pieces.get(0)).name(), pieces.get(0).patchLength(), threads, rows);
    }
}
