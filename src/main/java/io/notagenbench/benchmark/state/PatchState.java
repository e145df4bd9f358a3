package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.EOS;
import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;
import static io.notagenbench.checkpoint.ModelConfig.VOCABULARY;

import io.notagenbench.decoding.CharChooser;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.PatchDraws;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Recordings;
import io.notagenbench.params.Stage;
import java.util.Arrays;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A decoder with a hidden state, ready to decode the characters of a patch. */
@State(Scope.Benchmark)
public class PatchState {

    /** The char level does not look beyond its patch, so any context serves. */
    private static final int CONTEXT = 12;

    private final int[] patch = new int[PATCH_SIZE];
    private int[] context;
    private int[] text;
    private PatchDecoder decoder;
    private CharChooser full;
    private float[] lastLogits;
    private int lastOffset;

    /** Opens the decoder, runs the patch level and compares both levels with the recomputation. */
    @Setup(Level.Trial)
    public void open(ModelState model) {
        Trace trace = Trace.load(Recordings.LONG);
        context = TraceContext.of(trace, CONTEXT);
        decoder = PatchDecoders.open(model.decodingOf(Stage.PATCH_DECODING), model.model(), CONTEXT);
        SelfCheck.run(model.model(), decoder, context, CONTEXT, Parameters.defaults());
        text = trace.patches().stream().filter(ids -> ids.length == PATCH_SIZE && ids[PATCH_SIZE - 1] != EOS)
                .findFirst().orElseThrow();
        full = new EachStep();
    }

    /** Writes the text and sees the logits of each step. */
    private final class EachStep implements CharChooser {

        @Override
        public int choose(float[] logits, int offset, int slot) {
            lastLogits = logits;
            lastOffset = offset;
            return text[slot];
        }

        @Override
        public PatchDraws draws(int chosen) {
            throw Fault.usage(
                    Stage.CHAR_STEP.refusal(Map.of(Parameter.DECODING.label(), Decoding.FUSED.label())).orElseThrow());
        }
    }

    /**
     * Decodes a patch with the caller's chooser.
     *
     * @param ids receives the patch, {@code [16]}
     * @return number of decided ids
     */
    int decode(int[] ids, CharChooser chooser) {
        return decoder.decode(ids, 0, chooser);
    }

    /**
     * Runs the 16 char-level steps of a full patch of real text, without sampling.
     *
     * @return the logits that the last step wrote
     * @throws Fault (usage) if the decoder has no steps
     */
    public float[] sixteenSteps() {
        Arrays.fill(patch, 0);
        decoder.decode(patch, 0, full);
        return lastLogits;
    }

    /** The characters of the full patch, {@code [16]}. */
    public int[] text() {
        return text;
    }

    /** The context whose newest patch has the hidden state that all patches are decoded from; flat ids. */
    public int[] context() {
        return context;
    }

    /** The logits of the last step that {@link #sixteenSteps} ran, {@code [128]}. */
    public float[] lastLogits() {
        return Arrays.copyOfRange(lastLogits, lastOffset, lastOffset + VOCABULARY);
    }

    @TearDown(Level.Trial)
    public void close() {
        decoder.close();
    }
}
