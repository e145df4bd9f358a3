package io.notagenbench.arms;

import io.notagenbench.engine.DecodeCost;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.engine.PassCost;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.params.Decoding;
import java.util.ArrayList;
import java.util.List;

/** An arm with so many threads in one context window, and what each of its turns took. */
final class RacingArm implements Turns.Runner, AutoCloseable {

    private final Arm arm;
    private final int threads;
    private final Lane lane;
    private final PassCost cost;
    private final List<Turn> turns = new ArrayList<>();

    /** @param skipped patches of the piece that are written without a model */
    RacingArm(Arm arm, NotaGenModel model, GenerationSettings settings, int skipped) {
        this.arm = arm;
        threads = model.settings().threads();
        lane = new Lane(arm.label(), model, arm.decoding(), settings, skipped);
        cost = new PassCost(model.config(), arm.backend(), arm.precision());
    }

    Arm arm() {
        return arm;
    }

    /** Of a model call. */
    int threads() {
        return threads;
    }

    Lane lane() {
        return lane;
    }

    @Override
    public void turn(int patches) {
        Stretch stretch = lane.turn(patches);
        turns.add(new Turn(stretch.patches(), stretch.context(), stretch.milliseconds(),
                cost(stretch).times(1.0 / stretch.patches())));
    }

    private DecodeCost cost(Stretch stretch) {
        DecodeCost chars = cost.chars((double) stretch.charRows() / stretch.charPasses(), 0).times(stretch.charPasses());
        if (stretch.patchPasses() == 0) {
            return chars;
        }
        double rows = (double) stretch.patchRows() / stretch.patchPasses();
        boolean recompute = arm.decoding() == Decoding.RECOMPUTE;
        return chars.plus(cost.patches(rows, recompute ? 0 : Math.max(0, stretch.context() - rows)).times(stretch.patchPasses()));
    }

    List<Turn> turns() {
        return turns;
    }

    @Override
    public void close() {
        lane.close();
    }
}
