namespace Aios.Tests.Jobs;

/// <summary>Lists that several tests use.</summary>
internal static class Samples
{
    /// <summary>Every field and every type, and all is right.</summary>
    public const string Good = """
        # The list of a small office.
        defaults:
          retries: 2
          timezone: Europe/Berlin
          env: {LANG: C}
        jobs:
          - name: report
            type: daily
            description: Mails the figures of the day before
            file: report.py
            function: main
            time: "09:00"
            args: [Berlin, 7, 1.50, true, null, "5"]
            kwargs: &kwargs
              deep: {list: [1, {a: b}]}
              text: |
                two
                lines
            tags: [mail]
            catch_up: all
          - name: clean
            type: interval
            command: ["sh", "-c", "rm -rf /tmp/x"]
            interval: 1h30m
            overlap: queue
            env: {A: 1, B: two}
          - {name: beat, type: interval, file: beat.sh, interval_minutes: 0.5, priority: -5, timeout: 10s, grace: 1s}
          - name: visit
            type: random_daily
            file: visit.py
            after_time: 08:00
            before_time: 18:00:30
            kwargs: {<<: *kwargs, days: 7}
          - name: poll
            type: cron
            file: poll.py
            cron: "*/5 * * * *"
            backoff: [5s, 30s, 2m]
          - name: server
            type: always
            file: server.py
            min_uptime: 10s
            backoff: 2s
          - {name: import, type: trigger, file: import.py, max_parallel: 4, enabled: no}
          - {name: tidy, type: idle, file: tidy.py, tags: "gpu, linux"}
        """;
}
