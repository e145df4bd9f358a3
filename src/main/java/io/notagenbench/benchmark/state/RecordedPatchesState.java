package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.fault.Fault;
import io.notagenbench.generate.RepresentativePatches;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Recordings;
import io.notagenbench.params.Stage;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Patches that represent all patches of a recorded piece. */
@State(Scope.Benchmark)
public class RecordedPatchesState {

    /** Patches decoded in one invocation. */
    public static final int PATCHES = RepresentativePatches.COUNT;

    /** The recorded piece that gives the characters and the places of their EOS. */
    @Param(Recordings.TWO_VOICES)
    public String work;

    /** Power 1/T on the probabilities that top-k and top-p leave; the article's setting. */
    @Param(Defaults.TEMPERATURE)
    public String temperature;

    /** Keeps the k most probable characters, 0 keeps all; the article's setting. */
    @Param(Defaults.TOP_K)
    public String topK;

    /** Keeps the most probable characters up to this sum, 0 and 1 keep all; the article's setting. */
    @Param(Defaults.TOP_P)
    public String topP;

    private final int[] patch = new int[PATCH_SIZE];
    private List<SampledPatch> choosers;
    private List<int[]> recorded;

    /** @throws Fault (usage) if {@code work} is natural: without a record there is no fixed work */
    @Setup(Level.Trial)
    public void choose() {
        Stage.PATCH_DECODING.require(Parameter.WORK, work);
        Parameters sampling = ParameterFields.of(this);
        recorded = RepresentativePatches.of(Trace.load(work));
        choosers = recorded.stream().map(ids -> new SampledPatch(sampling, ids)).toList();
    }

    /** The patches, each up to its EOS, inclusive. */
    public List<int[]> recorded() {
        return recorded;
    }

    /**
     * Decodes all patches from the hidden state that {@code state} has.
     *
     * @return the number of characters decided plus the sum of all ids drawn
     */
    public int decode(PatchState state) {
        int drawn = 0;
        for (int i = 0; i < PATCHES; i++) {
            drawn += state.decode(patch, choosers.get(i));
            drawn += choosers.get(i).drawn();
        }
        return drawn;
    }
}
