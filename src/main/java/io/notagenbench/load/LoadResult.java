package io.notagenbench.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What a run showed.
 *
 * @param server     the address
 * @param model      that it has
 * @param parameters of the pieces
 * @param lengths    their budgets of patches
 * @param slo        that goodput is counted under
 * @param buffer     seconds from the first whole bar to the start of the music
 * @param compared   different texts that were compared with those of the engine alone; null until then
 * @param floor      what HTTP and the client take alone; null where it was not measured
 * @param capacity   the row that percentages of rates are of; null where there is none
 * @param rows       one for each load
 * @param knee       the highest rate whose row is OK with at least 95 % of its requests within the service level; null where
 *                   there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadResult(String suite, String server, ServerModel model, Map<String, String> parameters, List<Integer> lengths,
        String arrivals, String popularity, Slo slo, double buffer, Integer compared, Row.Latencies floor, Row capacity,
        List<Row> rows, Double knee) {

    private static final double ENOUGH = 0.95;

    static Double knee(List<Row> rows) {
        return rows.stream().filter(row -> row.rate() != null && row.state() == RowState.OK && row.goodput() >= ENOUGH)
                .map(Row::rate).max(Double::compare).orElse(null);
    }

    /** Whether all texts are those of the engine alone, and every row has some. */
    public boolean passes() {
        return rows.stream().allMatch(row -> row.state() != RowState.WRONG_OUTPUT && row.state() != RowState.ERROR)
                && (capacity == null || capacity.state() != RowState.WRONG_OUTPUT);
    }
}
