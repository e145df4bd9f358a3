package io.notagenbench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.notagenbench.results.CellRow;
import java.util.List;
import java.util.Optional;

/** A comparison for programs. */
public final class ComparisonJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ComparisonJson() {
    }

    /** One object: the sides, the rules, the conditions that differ, a row for each cell, and the cells of one side. */
    public static ObjectNode of(Comparison comparison) {
        ObjectNode json = JSON.createObjectNode();
        json.put("a", comparison.a().name());
        json.put("b", comparison.b().name());
        json.putPOJO("commitsA", comparison.a().commits());
        json.putPOJO("commitsB", comparison.b().commits());
        json.put("margin", comparison.rules().margin());
        json.put("alpha", comparison.rules().alpha());
        json.put("correction", comparison.rules().correction().name());
        json.putPOJO("unlike", comparison.unlike());
        json.putPOJO("machine", comparison.machine());
        ArrayNode cells = json.putArray("cells");
        comparison.cells().forEach(cell -> cells.add(cell(cell)));
        json.set("onlyA", only(comparison.onlyA()));
        json.set("onlyB", only(comparison.onlyB()));
        return json;
    }

    private static ObjectNode cell(ComparedCell cell) {
        ObjectNode json = JSON.createObjectNode();
        json.put("benchmark", cell.cell().benchmark());
        json.putPOJO("params", cell.cell().params());
        json.putPOJO("conditionsA", cell.a().conditions().values());
        json.putPOJO("conditionsB", cell.b().conditions().values());
        json.put("verdict", cell.isRanked() ? cell.verdict().name() : null);
        json.put("why", cell.why());
        json.set("a", samples(cell.a()));
        json.set("b", samples(cell.b()));
        Effect effect = cell.effect();
        if (effect != null) {
            json.put("ratio", effect.ratio()).put("low", effect.low()).put("high", effect.high());
            json.put("hedgesG", effect.g());
            json.put("pDifferent", effect.pDifferent()).put("pDifferentCorrected", cell.pDifferent());
            json.put("pEquivalent", effect.pEquivalent()).put("pEquivalentCorrected", cell.pSame());
        }
        return json;
    }

    private static ObjectNode samples(CellSamples samples) {
        ObjectNode json = JSON.createObjectNode();
        Optional<CellRow> failure = samples.failure();
        json.put("outcome", failure.map(CellRow::outcome).orElse(samples.rows().get(0).row().outcome()).name());
        failure.ifPresent(row -> json.put("reason", row.reason()));
        if (samples.timing() != null) {
            json.put("mean", samples.timing().mean()).put("unit", samples.timing().unit());
            json.putPOJO("forkMeans", samples.timing().samples().forkMeans());
            json.put("trending", samples.timing().isTrending());
        }
        return json;
    }

    private static ArrayNode only(List<RunGroup.Row> rows) {
        ArrayNode json = JSON.createArrayNode();
        rows.forEach(row -> json.addObject().put("benchmark", row.row().benchmark())
                .put("outcome", row.row().outcome().name()).putPOJO("params", row.row().params()));
        return json;
    }
}
