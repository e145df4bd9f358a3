package io.notagenbench.report;

import io.notagenbench.document.Chart;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Charts from what was measured. */
final class Charts {

    private Charts() {
    }

    /** A line for each name that has two points or more, from left to right. */
    static Chart lines(String id, String title, String x, String y, Map<String, List<Chart.Point>> lines) {
        return new Chart(id, title, Chart.Kind.LINES, Chart.Axis.of(x), Chart.Axis.of(y), List.of(),
                lines.entrySet().stream().filter(line -> line.getValue().size() > 1)
                        .map(line -> new Chart.Series(line.getKey(), true, line.getValue().stream()
                                .sorted(Comparator.comparingDouble(Chart.Point::x)).toList())).toList());
    }

    /** One bar for each name. */
    static Chart bars(String id, String title, String x, List<String> names, List<Chart.Point> points) {
        return new Chart(id, title, Chart.Kind.BARS, Chart.Axis.of(x), Chart.Axis.of(""), names,
                points.isEmpty() ? List.of() : List.of(new Chart.Series(x, false, points)));
    }
}
