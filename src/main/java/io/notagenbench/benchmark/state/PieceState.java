package io.notagenbench.benchmark.state;

import static io.notagenbench.checkpoint.ModelConfig.PATCH_SIZE;

import io.notagenbench.decoding.CharWork;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.decoding.PatchWork;
import io.notagenbench.engine.HandOvers;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Parameters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One piece, and a fresh session for each sample of it. */
@State(Scope.Benchmark)
public class PieceState extends PieceParameters {

    private GenerationSettings settings;
    private PatchDecoder decoder;

    /**
     * Reads the settings and compares the decoder with the recomputation.
     *
     * @throws io.notagenbench.fault.Fault (usage) if a value is not allowed or the window is larger than the model's rows
     */
    @Setup(Level.Trial)
    public void prepare(ModelState model) {
        Parameters parameters = ParameterFields.of(this);
        settings = settings(model.config().rows());
        int[] context = checkedContext(settings);
        int patches = context.length / PATCH_SIZE;
        try (PatchDecoder checked = open(model, patches)) {
            SelfCheck.run(model.model(), checked, context, patches, parameters);
        }
    }

    /** Opens the caches of one piece. */
    @Setup(Level.Iteration)
    public void open(ModelState model) {
        decoder = open(model, settings.patchLength());
    }

    private PatchDecoder open(ModelState model, int window) {
        return PatchDecoders.open(Decoding.of(model.decoding), model.model(), window,
                KnownPieces.besides(settings.trace()));
    }

    /**
     * Writes the piece.
     *
     * @throws io.notagenbench.fault.Fault (failed) that begins with the outcome if it is not OK: a piece that ended otherwise has no time
     */
    public Piece generate() {
        return requireOk(new PieceGenerator(settings, decoder).generate());
    }

    /** What the char level has done for the piece. */
    public CharWork charLevel() {
        return decoder.work();
    }

    /** What the patch level has done for the piece. */
    public PatchWork patchLevel() {
        return decoder.patchWork();
    }

    /** What went from device to device for the piece. */
    public HandOvers handOvers() {
        return decoder.handOvers();
    }

    @TearDown(Level.Iteration)
    public void close() {
        decoder.close();
    }
}
