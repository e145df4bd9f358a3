package io.notagenbench.params;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Cartesian product of lists of values: the cells of a grid, the arms of a comparison. */
public final class Combinations {

    private Combinations() {
    }

    /**
     * Every combination of one value for each name. The value of the last name changes fastest.
     *
     * @param values at least one for each name; if there are no names, the result is one empty combination
     */
    public static <K> List<Map<K, String>> of(Map<K, List<String>> values) {
        List<Map<K, String>> all = List.of(Map.of());
        for (Map.Entry<K, List<String>> list : values.entrySet()) {
            List<Map<K, String>> longer = new ArrayList<>();
            for (Map<K, String> shorter : all) {
                for (String value : list.getValue()) {
                    Map<K, String> next = new LinkedHashMap<>(shorter);
                    next.put(list.getKey(), value);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }
}
