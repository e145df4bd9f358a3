package io.notagenbench.report;

import io.notagenbench.abc.WholeBars;
import io.notagenbench.checkpoint.ModelConfig;
import io.notagenbench.checkpoint.ModelSource;
import io.notagenbench.checkpoint.Weights;
import io.notagenbench.decoding.PatchDecoder;
import io.notagenbench.decoding.PatchDecoders;
import io.notagenbench.engine.BackendProvider;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.NotaGenModel;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.KnownPieces;
import io.notagenbench.generate.Piece;
import io.notagenbench.generate.PieceGenerator;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.util.Optional;

/**
 * The text that a measured setting wrote. A journal does not hold it; the same settings write it again, and a recorded
 * piece is written by every setting. It counts only if it has exactly the characters that were counted.
 *
 * @param music  with its prompt, before rests are put back, and without a bar that a budget cut off
 * @param given  length of the prompt
 * @param source where it is from, in words
 */
record WrittenText(String music, int given, String source) {

    /** A piece that took longer is not written again for a report. */
    private static final double LONGEST_SECONDS = 10;

    /** Empty where it cannot be had, or is another. */
    static Optional<WrittenText> of(PieceResult piece) {
        try {
            return piece.value(Parameter.WORK).equals(Defaults.WORK) ? again(piece) : recorded(piece);
        } catch (Fault missing) {
            return Optional.empty();
        }
    }

    /** With a budget of patches it is the beginning of the record. */
    private static Optional<WrittenText> recorded(PieceResult piece) {
        Trace trace = Trace.load(piece.value(Parameter.WORK));
        StringBuilder text = new StringBuilder();
        for (int id : trace.stream()) {
            if (id > ModelConfig.EOS) {
                text.append((char) id);
            }
        }
        int chars = (int) piece.counted().chars;
        boolean whole = piece.value(Parameter.PATCHES).equals(Defaults.PATCHES);
        return chars > 0 && chars <= text.length() && (chars == text.length() || !whole)
                ? Optional.of(new WrittenText(music(trace.prompt().text() + text.substring(0, chars),
                        trace.ended() && chars == text.length()), trace.prompt().text().length(),
                        "the recorded piece " + trace.name() + ", which every setting on it writes")) : Optional.empty();
    }

    private static String music(String text, boolean ended) {
        return ended ? text : WholeBars.of(text);
    }

    private static Optional<WrittenText> again(PieceResult piece) {
        boolean possible = piece.isOnCpu() && piece.seconds() <= LONGEST_SECONDS && piece.counted().chars > 0;
        if (!possible) {
            return Optional.empty();
        }
        Parameters parameters = Parameters.defaults();
        for (Parameter parameter : Parameter.values()) {
            if (piece.row().params().containsKey(parameter.label())) {
                parameters = parameters.with(parameter, piece.value(parameter));
            }
        }
        GenerationSettings settings = GenerationSettings.of(parameters);
        EngineSettings engine = EngineSettings.of(parameters);
        try (Weights weights = ModelSource.open(piece.value(Parameter.MODEL))) {
            if (!piece.isSameModel(weights.hash())) {
                return Optional.empty();
            }
            try (NotaGenModel model = BackendProvider.of(engine.backend()).open(engine, weights);
                    PatchDecoder decoder = PatchDecoders.open(Decoding.of(piece.value(Parameter.DECODING)), model,
                            settings.patchLength(), KnownPieces.besides(settings.trace()))) {
                Piece written = new PieceGenerator(settings, decoder).generate();
                return written.work().chars() == piece.counted().chars && written.work().patches() == piece.patches().orElse(0)
                        ? Optional.of(new WrittenText(written.music(), settings.prompt().text().length(), "written again with the measured settings, to the same"
                                + " number of patches and characters")) : Optional.empty();
            }
        }
    }
}
