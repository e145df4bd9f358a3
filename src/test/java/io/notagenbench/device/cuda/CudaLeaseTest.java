package io.notagenbench.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.notagenbench.fault.Fault;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a lease makes of a driver's answers. */
class CudaLeaseTest {

    private static final long GIB = 1L << 30;

    private final RecordedDriver driver = new RecordedDriver();
    private final RecordedCard card = new RecordedCard();

    /** A machine with one card, whose answers were written down. */
    private static final class RecordedDriver implements CudaDriver, CudaContext {

        private long freeBytes = 7 * GIB;
        private int retained;

        @Override
        public int devices() {
            return 1;
        }

        @Override
        public CudaDevice device(int index) {
            return new CudaDevice(index, "NVIDIA GeForce RTX 3070", "0000:65:00.0", 8 * GIB, new ComputeCapability(8, 6));
        }

        @Override
        public CudaContext retain(int index) {
            retained++;
            return this;
        }

        @Override
        public DeviceMemory memory() {
            return new DeviceMemory(8 * GIB, freeBytes);
        }

        @Override
        public void synchronize() {
            throw new IllegalStateException("nothing was asked of the device");
        }

        @Override
        public double seconds(DeviceCopy copy, long bytes, int times) {
            throw new IllegalStateException("nothing was to be copied");
        }

        @Override
        public void close() {
            retained--;
        }
    }

    private CudaLease take(int index, long bytes) {
        return CudaLease.take(driver, Optional.of(card), index, bytes);
    }

    @Test
    void holdsTheContextUntilItIsClosed() {
        try (CudaLease lease = take(0, GIB)) {
            assertThat(driver.retained).isEqualTo(1);
            driver.freeBytes = 5 * GIB;
            assertThat(lease.before().freeBytes()).isEqualTo(7 * GIB);
            assertThat(lease.memory().usedBytes()).isEqualTo(3 * GIB);
            assertThat(lease.device().label()).isEqualTo("cuda");
        }
        assertThat(driver.retained).isZero();
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> take(3, GIB)).isInstanceOf(Fault.class).hasMessageStartingWith(
                "device=cuda:3 is not there: the NVIDIA driver shows 1 device,").hasMessageEndingWith("choose device=cpu.");
    }

    @Test
    void tooLittleMemoryIsRefusedWithBothNumbersAndGivesTheContextBack() {
        assertThatThrownBy(() -> take(0, 7 * GIB + 1)).isInstanceOf(Fault.class)
                .hasMessageStartingWith("OOM_DEVICE: device=cuda is too small: the model is predicted to take 7.0 GiB and 7.0 of the 8.0 GiB of NVIDIA GeForce RTX 3070 are free");
        assertThat(driver.retained).isZero();
    }

    @Test
    void othersThatHoldMemoryOrComputeAreNamed() {
        card.processes.add(new ComputeProcess(4242, "python3", OptionalLong.of(3 * GIB)));
        assertThatThrownBy(() -> take(0, GIB)).isInstanceOf(Fault.class)
                .hasMessageContaining("device=cuda is busy (0 %): python3 (process 4242) with 3.0 GiB;");
        card.processes.set(0, new ComputeProcess(4242, "python3", OptionalLong.empty()));
        card.utilisation = 10;
        assertThatThrownBy(() -> take(0, GIB)).isInstanceOf(Fault.class).hasMessageContaining("busy (10 %): python3 (process 4242);");
        assertThat(driver.retained).isZero();
    }

    @Test
    void whatDisturbsLittleAndThisProcessItselfAreNoReason() {
        card.processes.add(new ComputeProcess(4242, "desktop", OptionalLong.of(GIB)));
        card.processes.add(new ComputeProcess(ProcessHandle.current().pid(), "java", OptionalLong.of(5 * GIB)));
        card.utilisation = 9;
        take(0, GIB).close();
        card.processes.remove(0);
        card.utilisation = 100;
        take(0, GIB).close();
        assertThat(driver.retained).isZero();
    }

    @Test
    void aCardThatTellsNeitherProcessesNorUtilisationIsTaken() {
        card.silent = true;
        take(0, GIB).close();
        assertThat(driver.retained).isZero();
    }

    @Test
    void utilisationIsAskedForOnlyWhereOthersExist() {
        card.utilisation = 100;
        take(0, GIB).close();
        assertThat(card.askedForUtilisation).isZero();
        card.processes.add(new ComputeProcess(7, "nvidia-cuda-mps-server", OptionalLong.of(5 * GIB)));
        take(0, GIB).close();
        assertThat(card.askedForUtilisation).as("the server of several processes computes nothing itself").isZero();
        assertThat(driver.retained).isZero();
    }
}
