package io.notagenbench.cli;

import io.notagenbench.arms.PrecisionLoss;
import io.notagenbench.arms.TeacherForced;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import io.notagenbench.results.Verification;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Holds arms of one model against the forward pass in double precision, which is run once for all of them. */
final class ModelCheck implements AutoCloseable {

    /** Enough of a SHA-256 to know a file by. */
    private static final int HASH_LETTERS = 12;

    private final Weights weights;
    private final TeacherForced forced;
    private final TeacherForced.Reference reference;
    private final double[][][] logits;

    /** One text and the draws that led to it. */
    private record Text(Piece piece, DrawLog draws) {
    }

    private ModelCheck(Weights weights, int context) {
        this.weights = weights;
        forced = TeacherForced.of(Trace.load(Trace.SHIPPED.get(0)), Math.min(weights.config().rows(), context));
        reference = forced.reference(weights);
        logits = PrecisionLoss.reference(weights, forced.context());
    }

    /**
     * @param model   as {@code -p model=} names it
     * @param context patches of the given context
     */
    static ModelCheck open(String model, int context) {
        Weights weights = ModelSource.open(model);
        try {
            return new ModelCheck(weights, context);
        } catch (RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    /** Checks each arm, and prints what was found. */
    Verification check(ArmGroup group, PrintWriter out) {
        GenerationSettings settings = GenerationSettings.of(group.parameters());
        settings.requireRows(weights.config().rows());
        out.printf("model %s (%s): errors over a context of %s, %s in a window of %d, seed %d%s%n", weights.name(),
                weights.hash().substring(0, HASH_LETTERS), Count.of(forced.patches(), "patch", "patches"),
                settings.patches() == 0 ? "whole texts" : "texts of " + Count.of(settings.patches(), "patch", "patches"),
                settings.patchLength(), settings.seed(), group.unusual());
        List<ArmCheck> checks = new ArrayList<>();
        Text first = fp32(group.arms().get(0), settings);
        for (EngineSettings arm : group.arms()) {
            try (NotaGenModel model = BackendProvider.of(arm.backend()).open(arm, weights)) {
                TeacherForced.Values values = forced.run(model, arm.decoding());
                PrecisionLoss loss = PrecisionLoss.of(logits, PrecisionLoss.logits(model, forced.context()));
                Text text = write(model, arm.decoding(), settings);
                checks.add(new ArmCheck(arm.backend(), arm.decoding(), arm.precision(), loss,
                        reference.hiddenError(values), reference.logitError(values), reference.magnitude(),
                        text.piece().raw().equals(first.piece().raw()), first.draws().divergence(text.draws()),
                        text.piece().times().total()));
            }
        }
        VerificationTable.write(checks, out);
        return VerificationJson.of(weights, group.parameters(), forced.patches(), checks);
    }

    /** The text that every arm should write. */
    private Text fp32(EngineSettings arm, GenerationSettings settings) {
        EngineSettings exact = arm.with(Precision.FP32, Decoding.CACHED);
        try (NotaGenModel model = BackendProvider.of(arm.backend()).open(exact, weights)) {
            return write(model, Decoding.CACHED, settings);
        }
    }

    private static Text write(NotaGenModel model, Decoding decoding, GenerationSettings settings) {
        DrawLog draws = new DrawLog();
        try (PatchDecoder decoder = PatchDecoders.open(decoding, model, settings.patchLength())) {
            Piece piece = new PieceGenerator(settings, decoder, PieceListener.NONE, draws).generate();
            if (piece.outcome() == Outcome.TIMEOUT) {
                throw Fault.failed("The text of " + model.settings().backend().label() + " " + decoding.label()
                        + " cannot be compared (TIMEOUT): " + piece.reason().orElseThrow() + ".");
            }
            return new Text(piece, draws);
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
