package io.notagenbench.benchmark.state;

import io.notagenbench.abc.PatchCodec;
import io.notagenbench.abc.RestRestorer;
import io.notagenbench.abc.StreamCut;
import io.notagenbench.abc.WholeBars;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Recordings;
import io.notagenbench.params.Stage;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The text of a recorded piece and its patches. */
@State(Scope.Benchmark)
public class TextState {

    /** The recorded piece; by default the longest, with more than 250 patches. */
    @Param(Recordings.LONG)
    public String work;

    /** Context window in patches for which the newest lines are encoded. */
    @Param(Defaults.PATCH_LENGTH)
    public String patchLength;

    private int window;
    private String prompt;
    private List<int[]> patches;
    private String text;

    /** @throws Fault (usage) if {@code work} is natural: there is no text then */
    @Setup(Level.Trial)
    public void load() {
        Stage.TEXT.require(Parameter.WORK, work);
        window = ParameterFields.of(this).whole(Parameter.PATCH_LENGTH);
        Trace trace = Trace.load(work);
        prompt = trace.prompt().text();
        List<int[]> all = trace.patches();
        patches = trace.ended() ? all.subList(0, all.size() - 1) : all;
        text = trace.ended() ? decode() : WholeBars.of(decode());
    }

    /**
     * Encodes the newest lines for a new context, as a stream cut does; returns flat ids.
     *
     * @throws Fault (usage) if the window has no room for the header and one line of music
     */
    public int[] encode() {
        return new StreamCut().cut(text, window).orElseThrow(() -> Fault.usage("patchLength=" + patchLength
                + " has no room for the header of work=" + work + " and a line of its music: choose a larger window"));
    }

    /** Decodes all patches to the text of the piece. */
    public String decode() {
        StringBuilder decoded = new StringBuilder(prompt);
        for (int[] patch : patches) {
            decoded.append(PatchCodec.decode(patch, 0, patch.length));
        }
        return decoded.toString();
    }

    /** Puts the rests back; returns the final ABC. */
    public String restoreRests() {
        return RestRestorer.restore(text);
    }
}
