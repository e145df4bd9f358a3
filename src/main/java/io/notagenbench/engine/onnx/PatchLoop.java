package io.notagenbench.engine.onnx;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.engine.onnx.graph.DrawGraph;
import io.notagenbench.engine.onnx.graph.PatchLoopGraph;
import io.notagenbench.fault.Fault;
import io.notagenbench.sampling.SamplerSettings;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Set;

/** Runs {@link PatchLoopGraph}: holds the inputs that it has in addition to those of the char level. */
final class PatchLoop {

    private final DecoderLevel level;
    private final LongBuffer steps;
    private final DoubleBuffer uniforms;
    private final LongBuffer decided;
    private final LongBuffer kept;
    private final DoubleBuffer others;
    private final DoubleBuffer nucleus;
    private final DoubleBuffer power;
    private SamplerSettings settings;

    /** @param level the char level, whose graph this is of */
    PatchLoop(DecoderLevel level) {
        this.level = level;
        steps = level.memory(2).longs();
        uniforms = level.memory(2 * PATCH_SIZE).doubles();
        decided = level.memory(2 * PATCH_SIZE * (VOCABULARY + 1)).longs();
        kept = level.memory(2).longs();
        others = level.memory(2 * VOCABULARY).doubles();
        nucleus = level.memory(2).doubles();
        power = level.memory(2).doubles();
        level.input(PatchLoopGraph.STEPS, level.own(level.tensor(steps)));
        level.input(PatchLoopGraph.UNIFORMS, level.own(level.tensor(uniforms, PATCH_SIZE)));
        level.input(PatchLoopGraph.DECIDED, level.own(level.tensor(decided, PATCH_SIZE, VOCABULARY + 1)));
        level.input(DrawGraph.KEPT, level.own(level.tensor(kept, 1)));
        level.input(DrawGraph.OTHERS, level.own(level.tensor(others, 1, 1, VOCABULARY)));
        level.input(DrawGraph.NUCLEUS, level.own(level.tensor(nucleus)));
        level.input(DrawGraph.POWER, level.own(level.tensor(power)));
        level.input(PatchLoopGraph.NO_LOGITS, level.own(level.tensor(level.memory(VOCABULARY).floats(), 1, 1, VOCABULARY)));
        for (int draw = 0; draw < decided.capacity(); draw++) {
            decided.put(draw, 0);
        }
        set(new SamplerSettings(0, 1, 1));
        oneStep();
    }

    private void set(SamplerSettings asked) {
        if (!DrawGraph.nucleusIsKept(asked)) {
            throw Fault.usage("topP=" + asked.topP() + " reaches characters that topK=" + asked.topK() + " drops, which backend=onnx"
                    + " with decoding=fused does not draw: choose topP=1, or decoding=cached");
        }
        if (!asked.equals(settings)) {
            settings = asked;
            kept.put(0, DrawGraph.kept(asked));
            for (int id = 0; id < VOCABULARY; id++) {
                others.put(id, DrawGraph.other(asked));
            }
            nucleus.put(0, DrawGraph.nucleus(asked));
            power.put(0, DrawGraph.power(asked));
        }
    }

    /** The next call runs given characters; its draw is ignored. */
    void oneStep() {
        steps.put(0, 1);
        uniforms.put(0, 0);
    }

    /**
     * Runs the loop; the first rows of the char level must be bound.
     *
     * @param chosen number of ids that are chosen
     * @param drawn  receives the ids drawn, from {@code chosen} on
     * @return number of ids that are decided, chosen ones included
     */
    int run(int chosen, PatchDraws draws, int[] drawn) {
        set(draws.settings());
        int free = PATCH_SIZE - chosen;
        steps.put(0, free);
        uniforms.put(0, draws.uniforms(), chosen, free);
        for (int step = 0; step < free; step++) {
            for (int above = 0; above <= VOCABULARY; above++) {
                decided.put(step * (VOCABULARY + 1) + above, draws.decided(chosen + step, DrawGraph.id(above)));
            }
        }
        try (OrtSession.Result result = level.runWhole(chosen + 1, Set.of(PatchLoopGraph.DRAWN))) {
            LongBuffer ids = ((OnnxTensor) result.get(PatchLoopGraph.DRAWN).orElseThrow()).getLongBuffer();
            for (int slot = chosen; ids.hasRemaining(); slot++) {
                drawn[slot] = DrawGraph.id((int) ids.get());
            }
            return chosen + ids.limit();
        }
    }
}
