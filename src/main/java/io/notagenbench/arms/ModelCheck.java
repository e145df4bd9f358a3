package io.notagenbench.arms;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Precision;
import io.notagenbench.params.Recordings;
import io.notagenbench.results.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares arms of one model with the forward pass in double precision, which is run once for all of them, and their
 * texts with the text that fp32 writes. Only one model is in memory at a time.
 */
public final class ModelCheck implements AutoCloseable {

    /** Shortest context: a loss needs a patch that follows another. */
    private static final int SHORTEST_CONTEXT = 2;

    private final Weights weights;
    private final TeacherForced forced;
    private final TeacherForced.Reference reference;

    /** One text and the draws that led to it. */
    private record Text(Piece piece, DrawLog draws) {
    }

    private ModelCheck(Weights weights, int context) {
        this.weights = weights;
        forced = TeacherForced.of(Trace.load(Recordings.NAMES.get(0)), Math.min(weights.config().rows(), context));
        reference = forced.reference(weights);
    }

    /**
     * @param model   as {@code -p model=} names it
     * @param context patches of the given context
     * @throws Fault (usage) if that is too short
     */
    public static ModelCheck open(String model, int context) {
        if (context < SHORTEST_CONTEXT) {
            throw Fault.usage("-p context=" + context
                    + " is too short for verify: a loss needs patches that follow others. Choose context="
                    + SHORTEST_CONTEXT + " or more.");
        }
        Weights weights = ModelSource.open(model);
        try {
            return new ModelCheck(weights, context);
        } catch (RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    /**
     * Checks each arm of a group.
     *
     * @param progress gets a sentence for each finished step
     */
    public Verification check(ArmGroup group, Consumer<String> progress) {
        GenerationSettings settings = GenerationSettings.of(group.common());
        settings.requireRows(weights.config(), weights.name());
        Text expected = expected(group, settings);
        List<Verification.Arm> checks = new ArrayList<>();
        for (Arm arm : group.arms()) {
            checks.add(check(arm, group.common(), settings, expected).result());
            progress.accept(arm.label() + ": checked");
        }
        Parameters common = group.common();
        return new Verification(common.text(Parameter.MODEL), weights.hash(), common.text(Parameter.DEVICE),
                common.text(Parameter.PROVIDER), common.text(Parameter.THREADS), settings.seed(),
                settings.patchLength(), settings.patches(), forced.patches(), checks);
    }

    /** The text that every arm should write. */
    private Text expected(ArmGroup group, GenerationSettings settings) {
        Arm exact = new Arm(group.arms().get(0).backend(), Precision.FP32, Decoding.CACHED);
        try (NotaGenModel model = exact.open(group.common(), weights)) {
            return write(new LoadedArm(exact, model), settings);
        }
    }

    private ArmCheck check(Arm arm, Parameters common, GenerationSettings settings, Text expected) {
        try (NotaGenModel model = arm.open(common, weights)) {
            TeacherForced.Values values = forced.run(model, arm.decoding());
            PrecisionLoss loss = PrecisionLoss.of(reference.context(), forced.contextLogits(model));
            Text text = write(new LoadedArm(arm, model), settings);
            return new ArmCheck(arm, loss, reference.hiddenError(values), reference.logitError(values),
                    reference.magnitude(), text.piece().raw().equals(expected.piece().raw()),
                    expected.draws().divergence(text.draws()), text.piece().times().total());
        }
    }

    private static Text write(LoadedArm arm, GenerationSettings settings) {
        DrawLog draws = DrawLog.withMargins();
        Piece piece = arm.write(settings, draws);
        if (piece.outcome() == Outcome.TIMEOUT) {
            throw Fault.failed("The text of " + arm.arm().label() + " cannot be compared (TIMEOUT): "
                    + piece.reason().orElseThrow() + ".");
        }
        return new Text(piece, draws);
    }

    @Override
    public void close() {
        weights.close();
    }
}
