package io.notagenbench.engine.onnx;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * For which sizes TensorRT builds the one engine of a graph, in the words of its options: {@code name:1x16,name:1x64}. Sizes
 * that an engine is not for would have another built in the middle of a piece.
 *
 * @param inputs shapes of the graph's inputs by their names; a dimension is a number, or a name where it varies
 * @param room   positions that the caches of a level hold
 */
record TensorRtSizes(Map<String, List<Object>> inputs, int room) {

    /** One row behind nothing but the row in front. */
    String least() {
        return sizes(1, 1);
    }

    /** What it is made fastest for: one row behind half of what there is room for. */
    String usual() {
        return sizes(1, Math.max(1, room / 2));
    }

    /** All that there is room for, in the rows of a call and in what is cached. */
    String most() {
        return sizes(room, room);
    }

    /** @param cached positions in the caches, the row in front included */
    private String sizes(int rows, int cached) {
        // there are as many keys as the cached rows and those of the call; never both are at their most
        int seen = Math.min(cached + rows, room + 1);
        Map<Object, Integer> varying = Map.of("rows", rows, "cached", cached, "positions_keys", seen);
        return inputs.entrySet().stream().filter(input -> input.getValue().stream().anyMatch(String.class::isInstance))
                .map(input -> input.getKey() + ":" + input.getValue().stream()
                        .map(size -> size instanceof String ? varying.get(size).toString() : size.toString()).collect(Collectors.joining("x")))
                .collect(Collectors.joining(","));
    }
}
