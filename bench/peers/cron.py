"""cron: looks each minute; has no queue, keeps nothing running and remembers nothing."""

import shlex

from suite.bench import Bench, LeftOut
from suite.processes import Service
from suite.provision import found


class Cron(Service):
    """Debian's cron, with tables of its own: it sees the machine's as empty, in a mount namespace."""

    def __init__(self, bench: Bench, lines: int = 0) -> None:
        folder = bench.new_folder("cron")
        (folder / "root").write_text("0 3 1 1 * true\n" * lines)
        (folder / "root").chmod(0o600)
        script = f"""
            set -e
            for path in /etc/cron.d /var/spool/cron /run; do mount -t tmpfs none $path; done
            mount --bind /dev/null /etc/crontab
            mkdir -m 1730 /var/spool/cron/crontabs
            cp -p {shlex.quote(str(folder / 'root'))} /var/spool/cron/crontabs/root
            exec {found('cron')} -f
        """
        super().__init__(["unshare", "--mount", "sh", "-c", script], folder, name="cron")
        try:
            # It reads its tables before the first second is over.
            self.process.wait(1)
        except Exception:
            return
        raise LeftOut(f"cron has ended: {self.output.read_text().strip()[-300:]}")
