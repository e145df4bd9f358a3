package io.notagenbench.arms;

import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;

/** An arm with its model loaded. */
final class OwnArm implements AutoCloseable {

    private final Arm arm;
    private final NotaGenModel model;
    private final double loadSeconds;

    private OwnArm(Arm arm, NotaGenModel model, double loadSeconds) {
        this.arm = arm;
        this.model = model;
        this.loadSeconds = loadSeconds;
    }

    static OwnArm open(Arm arm, int threads, String model) {
        long start = System.nanoTime();
        try (Weights weights = ModelSource.open(model)) {
            NotaGenModel opened = BackendProvider.of(arm.backend()).open(arm.settings(threads), weights);
            return new OwnArm(arm, opened, (System.nanoTime() - start) / 1e9);
        }
    }

    String label() {
        return arm.label();
    }

    /** To start the engine, where it is the first of its kind, and to load the model. */
    double loadSeconds() {
        return loadSeconds;
    }

    /**
     * Writes a piece. A speculative decoder knows no other: one that it wrote in an earlier round, or a shipped trace,
     * could be the very piece.
     *
     * @throws Fault if the piece goes wrong; a context that is full is no fault, since the original ends there, too
     */
    Piece write(GenerationSettings settings) {
        try (PatchDecoder decoder = PatchDecoders.open(arm.decoding(), model, settings.patchLength())) {
            Piece piece = new PieceGenerator(settings, decoder).generate();
            if (piece.outcome() == Outcome.TIMEOUT) {
                throw Fault.failed("arm " + label() + " took longer than the " + settings.timeLimit().toSeconds()
                        + " s that --timeout gives each piece.");
            }
            if (piece.outcome() != Outcome.OK && piece.outcome() != Outcome.CONTEXT_FULL) {
                throw Fault.failed("arm " + label() + " did not write the piece (" + piece.outcome() + "): "
                        + piece.reason().orElse("no reason given") + ".");
            }
            return piece;
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
