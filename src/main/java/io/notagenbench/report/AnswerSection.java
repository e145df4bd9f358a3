package io.notagenbench.report;

import io.notagenbench.document.Block;
import io.notagenbench.document.Prose;
import io.notagenbench.document.Section;
import io.notagenbench.document.TableCell;
import io.notagenbench.document.Tiles;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answer: for each piece, the best settings by time, memory and energy, and their loss. */
final class AnswerSection {

    private AnswerSection() {
    }

    static Section of(RunResults run) {
        List<Block> blocks = new ArrayList<>();
        Map<Map<String, String>, List<PieceResult>> questions = PieceResult.byQuestion(PieceResult.of(run));
        questions.forEach((question, pieces) -> blocks.add(new Tiles(title(question),
                tiles(pieces.stream().filter(PieceResult::isSound).toList()))));
        if (!blocks.isEmpty()) {
            blocks.add(0, new Prose(Headline.of(run)));
            blocks.add(1, new Prose(Noise.sentence(questions.values().stream()
                    .map(pieces -> pieces.stream().filter(PieceResult::isSound).toList()).toList())));
            blocks.add(new Prose("Only cells that are OK and did not fail the check are ranked. Where the 95 % intervals of two"
                    + " means overlap, the settings are not told apart."));
            blocks.add(new Prose(ChangedConditions.of(run).sentence()));
        }
        return Section.of(run.id("answer"), "The answer for this machine", blocks);
    }

    /** What was written, with which model, in the words of the parameters. */
    static String title(Map<String, String> question) {
        String settings = question.entrySet().stream().filter(entry -> !entry.getKey().equals(Parameter.MODEL.label()))
                .filter(entry -> Parameter.named(entry.getKey())
                        .map(parameter -> !parameter.defaultValue().equals(entry.getValue())).orElse(true))
                .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(", "));
        String model = question.getOrDefault(Parameter.MODEL.label(), Parameter.MODEL.defaultValue());
        return "A piece with model=" + model + (settings.isEmpty() ? "" : ", " + settings);
    }

    private static List<Tiles.Tile> tiles(List<PieceResult> pieces) {
        List<Tiles.Tile> tiles = new ArrayList<>();
        fastest(pieces.stream().filter(PieceResult::isExact).toList())
                .ifPresent(best -> tiles.add(time("Fastest in fp32", best, pieces)));
        fastest(pieces.stream().filter(piece -> !piece.isExact()).toList())
                .ifPresent(best -> tiles.add(time("Fastest in a reduced precision", best, pieces)));
        baseline(pieces).ifPresent(original -> tiles.add(new Tiles.Tile("As the original does it",
                seconds(original), original.arm() + perPatch(original))));
        tiles.add(least("Least memory", pieces, PieceResult::memory, " MiB", piece -> piece.isOnCpu()
                ? "peak of the process" : "peak on the card", "not measured: -prof rss or vram reads it"));
        tiles.add(least("Least energy", pieces, PieceResult::joules, " J", piece -> piece.isOnCpu()
                ? "a piece, of the processor" : "a piece, of the card", "not measured: -prof rapl or energy reads it"));
        return tiles;
    }

    private static Optional<PieceResult> fastest(List<PieceResult> among) {
        return among.stream().min(Comparator.comparingDouble(PieceResult::seconds));
    }

    /** Recomputation, if possible in the engine that the original runs. */
    static Optional<PieceResult> baseline(List<PieceResult> pieces) {
        return pieces.stream().filter(piece -> piece.value(Parameter.DECODING).equals("recompute") && piece.isExact())
                .min(Comparator.comparing(piece -> !piece.value(Parameter.BACKEND).equals(Backend.ORIGINAL.name())));
    }

    private static Tiles.Tile time(String label, PieceResult best, List<PieceResult> all) {
        StringBuilder detail = new StringBuilder(best.arm()).append(perPatch(best));
        baseline(all).filter(original -> original != best).ifPresent(original -> detail.append("; ")
                .append(TableCell.number(original.seconds() / best.seconds())).append(" times as fast as ").append(original.arm()));
        List<String> close = all.stream().filter(piece -> piece != best && piece.isExact() == best.isExact())
                .filter(best::isNotToldFrom).map(PieceResult::arm).toList();
        if (!close.isEmpty()) {
            detail.append("; not told apart from ").append(String.join(", ", close));
        }
        return new Tiles.Tile(label, seconds(best), detail.append("; ").append(best.honesty()).toString());
    }

    private static String seconds(PieceResult piece) {
        return TableCell.number(piece.seconds()) + " s/piece";
    }

    private static String perPatch(PieceResult piece) {
        OptionalDouble seconds = piece.secondsPerPatch();
        return seconds.isPresent() ? ", " + TableCell.number(1e3 * seconds.getAsDouble()) + " ms a patch" : "";
    }

    private static Tiles.Tile least(String label, List<PieceResult> pieces, Function<PieceResult, OptionalDouble> measure,
            String unit, Function<PieceResult, String> of, String missing) {
        return pieces.stream().filter(piece -> measure.apply(piece).isPresent())
                .min(Comparator.comparingDouble(piece -> measure.apply(piece).getAsDouble()))
                .map(best -> new Tiles.Tile(label, TableCell.number(measure.apply(best).getAsDouble()) + unit,
                        best.arm() + ", " + of.apply(best) + ", at " + seconds(best)))
                .orElse(new Tiles.Tile(label, "-", missing));
    }
}
