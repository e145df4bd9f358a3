package io.notagenbench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JmhResultsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode fork(double a, double b, double count, double peak) throws IOException {
        return JSON.readTree("""
                {"benchmark":"a.B.c","mode":"avgt","forks":1,"params":{"x":"1"},
                 "primaryMetric":{"score":%1$s,"scoreError":"NaN","scoreConfidence":["NaN","NaN"],
                  "scorePercentiles":{"0.0":0,"50.0":0,"100.0":0},"scoreUnit":"ms/op","rawData":[[%2$s,%3$s]]},
                 "secondaryMetrics":{
                  "calls":{"score":%4$s,"scoreError":0,"scoreUnit":"#","rawData":[[%5$s,%5$s]]},
                  "rss.peak":{"score":%6$s,"scoreError":0,"scoreUnit":"MiB","rawData":[[1,%6$s]]}}}
                """.formatted((a + b) / 2, a, b, 2 * count, count, peak));
    }

    @Test
    void forksAreOneResultAsJmhGivesIt() throws IOException {
        JsonNode merged = JmhResults.merged(List.of(fork(1, 3, 5, 7), fork(5, 7, 5, 9)));
        assertThat(merged.get("forks").asInt()).isEqualTo(2);
        assertThat(merged.at("/primaryMetric/score").asDouble()).isEqualTo(4);
        assertThat(merged.at("/primaryMetric/rawData").toString()).isEqualTo("[[1.0,3.0],[5.0,7.0]]");
        assertThat(merged.at("/primaryMetric/scorePercentiles/100.0").asDouble()).isEqualTo(7);
        // t(0.9995; 3) = 12.924, standard deviation 2.582, four samples
        assertThat(merged.at("/primaryMetric/scoreError").asDouble()).isCloseTo(12.924 * 2.58199 / 2, within(1e-2));
        assertThat(merged.at("/secondaryMetrics/calls/score").asDouble()).isEqualTo(20);
        assertThat(merged.at("/secondaryMetrics/rss.peak/score").asDouble()).isEqualTo(9);
    }

    @Test
    void oneForkIsItsOwnResult() throws IOException {
        JsonNode only = fork(1, 3, 5, 7);
        assertThat(JmhResults.merged(List.of(only))).isSameAs(only);
    }
}
