package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Parameter;
import io.notagenbench.results.Cell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several parts of a plan, for a machine of its own. The parts follow from the plan alone, so that no machine has to
 * know of another.
 *
 * @param index from 1
 * @param count of all parts
 */
public record Shard(int index, int count) {

    /** All of a plan. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})/(\\d{1,5})");
    private static final List<String> COMPARED = List.of(Parameter.BACKEND.label(), Parameter.DECODING.label(),
            Parameter.PRECISION.label());

    /** @throws Fault (usage) if it is not {@code i/n} with i from 1 to n */
    public static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            Shard shard = new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
            if (shard.index >= 1 && shard.index <= shard.count) {
                return shard;
            }
        }
        throw Fault.usage("--shard " + text + " is not a part of a plan: give i/n with i from 1 to n, as in --shard 2/4.");
    }

    /** Where this part is written: a folder of its own, so that parts may share a file system. */
    public Path folder(Path run) {
        return count == 1 ? run : run.resolve("shard-" + index + "-of-" + count);
    }

    /**
     * The cells of this part by their number in the plan. Arms that are compared with each other stay on one machine; where
     * that would leave machines without work, they do not.
     */
    public Map<Integer, Cell> of(List<Cell> plan) {
        Map<Map<String, String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int number = 1; number <= plan.size(); number++) {
            groups.computeIfAbsent(question(plan.get(number - 1)), key -> new ArrayList<>()).add(number);
        }
        Collection<List<Integer>> units = groups.size() >= count ? groups.values()
                : groups.values().stream().flatMap(List::stream).map(List::of).toList();
        List<List<Integer>> parts = new ArrayList<>();
        for (int part = 0; part < count; part++) {
            parts.add(new ArrayList<>());
        }
        for (List<Integer> unit : units) {
            emptiest(parts).addAll(unit);
        }
        Map<Integer, Cell> mine = new TreeMap<>();
        parts.get(index - 1).forEach(number -> mine.put(number, plan.get(number - 1)));
        return mine;
    }

    private static List<Integer> emptiest(List<List<Integer>> parts) {
        List<Integer> emptiest = parts.get(0);
        for (List<Integer> part : parts) {
            emptiest = part.size() < emptiest.size() ? part : emptiest;
        }
        return emptiest;
    }

    /** What a cell has in common with those that it is compared with. */
    static Map<String, String> question(Cell cell) {
        Map<String, String> question = new TreeMap<>(cell.params());
        question.keySet().removeAll(COMPARED);
        question.put("", cell.benchmark());
        return question;
    }

    @Override
    public String toString() {
        return index + "/" + count;
    }
}
