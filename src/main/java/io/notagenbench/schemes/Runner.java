package io.notagenbench.schemes;

import io.notagenbench.engine.Decoding;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.loss.PrecisionLoss;
import io.notagenbench.race.Lane;
import io.notagenbench.race.Rounds;
import java.util.ArrayList;
import java.util.List;

/** A candidate that runs: its model, what it loses, and the milliseconds a patch of each of its turns. */
final class Runner implements Rounds.Runner, AutoCloseable {

    private final NotaGenModel model;
    private final PrecisionLoss loss;
    private final Lane lane;
    private final List<Double> milliseconds = new ArrayList<>();

    /** @param model is closed with it */
    Runner(String label, NotaGenModel model, LossCheck check, GenerationSettings piece, int skipped) {
        this.model = model;
        loss = check.of(model);
        lane = new Lane(label, model, Decoding.CACHED, piece, skipped);
    }

    PrecisionLoss loss() {
        return loss;
    }

    void warmUp() {
        lane.warmUp();
    }

    @Override
    public void turn(int patches) {
        milliseconds.add(lane.turn(patches).millisecondsAPatch());
    }

    /** Of each turn, a patch. */
    List<Double> milliseconds() {
        return milliseconds;
    }

    @Override
    public void close() {
        lane.close();
        model.close();
    }
}
