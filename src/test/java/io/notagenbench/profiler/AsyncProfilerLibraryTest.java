package io.notagenbench.profiler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsyncProfilerLibraryTest {

    @ParameterizedTest
    @CsvSource({"Linux, amd64, linux-x64", "Linux, aarch64, linux-arm64", "Mac OS X, aarch64, macos",
            "Windows 11, amd64,",
        "Linux, riscv64,"})
    void everyPlatformHasItsLibraryOrNone(String os, String arch, String folder) {
        assertThat(AsyncProfilerLibrary.platform(os, arch).orElse(null)).isEqualTo(folder);
    }

    @Test
    void whatThePersonGivesIsKept() {
        assertThat(BundledAsyncProfiler.complete("libPath=/x.so;dir=/d;output=jfr;alloc").text())
                .isEqualTo("libPath=/x.so;dir=/d;output=jfr;alloc");
        assertThat(BundledAsyncProfiler.complete("libPath=/x.so;event=wall").text())
                .isEqualTo("libPath=/x.so;event=wall;dir=profiles;output=flamegraph;direction=forward");
        assertThat(BundledAsyncProfiler.complete("dir=d").text()).endsWith(".so;output=flamegraph;direction=forward");
    }
}
