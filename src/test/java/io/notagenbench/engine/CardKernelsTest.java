package io.notagenbench.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.device.cuda.ComputeCapability;
import io.notagenbench.device.cuda.CudaDevice;
import io.notagenbench.fault.Fault;
import io.notagenbench.params.Decoding;
import io.notagenbench.params.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compute capabilities of cards are those of NVIDIA's list, https://developer.nvidia.com/cuda-gpus. */
class CardKernelsTest {

    private static void require(String backend, String precision, String card, String capability) {
        CardKernels.require(new EngineSettings(backend, new Device(Device.Kind.CUDA, 0), Precision.of(precision), Decoding.CACHED, 1),
                new CudaDevice(0, card, "0000:65:00.0", 8L << 30, ComputeCapability.of(capability)));
    }

    @ParameterizedTest
    @CsvSource({"RTX 3060,8.6", "RTX 3070,8.6", "RTX 3080,8.6", "RTX 3090,8.6", "A100,8.0", "L40S,8.9", "H200,9.0"})
    void theCardsOfThePublishedTestRunEverything(String card, String capability) {
        for (Precision precision : Precision.values()) {
            assertThatCode(() -> require("pytorch", precision.label(), card, capability)).doesNotThrowAnyException();
            assertThatCode(() -> require("onnx", precision.label(), card, capability)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({"pytorch,fp32,RTX 5090,12.0", "pytorch,fp32,B200,10.0", "onnx,fp32,B200,10.0", "onnx,fp32,B300,10.3", "onnx,fp32,GTX 980,5.2",
        "pytorch,tf32,T4,7.5", "pytorch,int4,T4,7.5", "pytorch,int8,V100,7.0", "pytorch,int8,P100,6.0", "pytorch,fp32,Tesla K80,3.7"})
    void aCardWithoutKernelsIsRefused(String backend, String precision, String card, String capability) {
        assertThatThrownBy(() -> require(backend, precision, card, capability)).isInstanceOf(Fault.class)
                .hasMessageStartingWith("SKIPPED: device=cuda is " + card + " with compute capability " + capability + ", and ");
    }

    @ParameterizedTest
    @CsvSource({"onnx,fp32,RTX 5090,12.0", "onnx,int4,T4,7.5", "pytorch,int8,T4,7.5", "pytorch,fp32,GTX 980,5.2", "onnx,fp16,GTX 1080,6.1"})
    void machineCodeOfAnOlderMinorNumberRuns(String backend, String precision, String card, String capability) {
        assertThatCode(() -> require(backend, precision, card, capability)).doesNotThrowAnyException();
    }

    @Test
    void theRefusalNamesWhatWouldRun() {
        assertThatThrownBy(() -> require("pytorch", "fp32", "NVIDIA GeForce RTX 5090", "12.0")).hasMessage(
                "SKIPPED: device=cuda is NVIDIA GeForce RTX 5090 with compute capability 12.0, and backend=pytorch has kernels for 5.0, 6.0, 7.0,"
                        + " 7.5, 8.0, 8.6, 9.0 only: choose backend=onnx, another card or device=cpu.");
        assertThatThrownBy(() -> require("pytorch", "tf32", "Tesla T4", "7.5")).hasMessage(
                "SKIPPED: device=cuda is Tesla T4 with compute capability 7.5, and precision=tf32 on backend=pytorch needs 8.0 or newer:"
                        + " choose precision=fp32 or another card.");
        assertThatThrownBy(() -> require("onnx", "fp32", "NVIDIA B200", "10.0")).hasMessageEndingWith("only: choose another card or device=cpu.");
    }
}
