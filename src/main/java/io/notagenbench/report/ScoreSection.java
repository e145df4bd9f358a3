package io.notagenbench.report;

import io.notagenbench.abc.Music;
import io.notagenbench.abc.RestRestorer;
import io.notagenbench.document.Block;
import io.notagenbench.document.Facts;
import io.notagenbench.document.Score;
import io.notagenbench.document.Section;
import io.notagenbench.document.TableCell;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece that the fastest exact setting wrote, beside its numbers. */
final class ScoreSection {

    private ScoreSection() {
    }

    static Section of(RunResults run) {
        Map<Map<String, String>, List<PieceResult>> questions = PieceResult.byQuestion(PieceResult.of(run));
        Optional<PieceResult> fastest = questions.values().stream().findFirst().flatMap(pieces -> pieces.stream()
                .filter(piece -> piece.isExact() && piece.isSound()).min(Comparator.comparingDouble(PieceResult::seconds)));
        List<Block> blocks = new ArrayList<>();
        fastest.flatMap(piece -> WrittenText.of(piece).map(text -> blocks(piece, text))).ifPresent(blocks::addAll);
        return Section.of(run.id("score"), "A piece that was measured", blocks);
    }

    private static List<Block> blocks(PieceResult piece, WrittenText text) {
        Music music = Music.of(text.music(), text.given());
        List<Facts.Fact> facts = new ArrayList<>(List.of(
                new Facts.Fact("Written in", TableCell.number(piece.seconds()) + " s, in the mean, by " + piece.arm() + " with model="
                        + piece.value(Parameter.MODEL)),
                new Facts.Fact("Length", TableCell.number(piece.patches().orElse(Double.NaN)) + " patches, "
                        + TableCell.number(piece.counted().chars) + " characters, " + music.bars()
                        + " bars, " + TableCell.number(music.seconds()) + " s of music"),
                new Facts.Fact("Text", text.source())));
        try {
            return List.of(new Facts(facts), new Score("", RestRestorer.restore(text.music())));
        } catch (Fault broken) {
            facts.add(new Facts.Fact("Rests", "cannot be put back, so this is the text as the model wrote it: "
                    + broken.getMessage()));
            return List.of(new Facts(facts), new Score("", text.music()));
        }
    }
}
