#!/usr/bin/env bash
# A Slurm cluster of this one machine, for tests: `scripts/slurm.sh start FOLDER` starts munged, slurmctld and slurmd with all
# their files in FOLDER, `scripts/slurm.sh stop FOLDER` ends them. Prints the path of slurm.conf, for SLURM_CONF.
# Takes ports that are free, so that several can run at a time. Needs Debian's packages slurm-wlm and munge, Node.js, and to be
# root; no systemd. `restart-node FOLDER` ends and starts slurmd.
set -euo pipefail
# Where Debian has the daemons; not every user's PATH does.
PATH=$PATH:/usr/sbin:/sbin
command=${1:?start, stop or restart-node}
folder=$(mkdir -p "${2:?a folder}" && cd "$2" && pwd)
export SLURM_CONF=$folder/slurm.conf

# Prints two ports that nobody listens at. Held open together, so that they differ.
free_ports() {
  node -e '
    const { createServer } = require("node:net");
    const servers = [createServer(), createServer()];
    const ports = servers.map((server) => new Promise((resolve) => server.listen(0, () => resolve(server.address().port))));
    Promise.all(ports).then((free) => {
      console.log(free.join(" "));
      for (const server of servers) server.close();
    });'
}

write_configuration() {
  local host cpus controller node
  host=$(hostname -s)
  cpus=$(nproc)
  read -r controller node <<< "$(free_ports)"
  cat > "$SLURM_CONF" <<CONF
ClusterName=apical
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CryptoType=crypto/munge
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmctldPort=$controller
SlurmdPort=$node
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
MpiDefault=none
JobRequeue=1
KillWait=5
SchedulerParameters=sched_interval=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP OverSubscribe=FORCE:4
CONF
}

start_munge() {
  # munged wants folders of its own that nobody else can write to; the socket has to be in one that all can enter.
  mkdir -p "$folder/munge"
  chmod 700 "$folder/munge"
  chmod 755 "$folder"
  [ -f "$folder/munge/key" ] || dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
  chmod 400 "$folder/munge/key"
  munged --force --key-file="$folder/munge/key" --socket="$folder/munge.socket" --pid-file="$folder/munge/pid" \
    --seed-file="$folder/munge/seed" --log-file="$folder/munge/log"
}

# Waits for the process that a file names to end.
end() {
  local pid
  pid=$(cat "$1" 2> /dev/null) || return 0
  kill "$pid" 2> /dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$pid" 2> /dev/null || return 0
    sleep 0.1
  done
  kill -9 "$pid" 2> /dev/null || true
}

wait_until_idle() {
  for _ in $(seq 300); do
    if sinfo --noheader --format=%T 2> /dev/null | grep -Eq 'idle|mixed|allocated'; then return 0; fi
    sleep 0.2
  done
  echo "slurm.sh: the node did not come up; see $folder/slurmctld.log and $folder/slurmd.log" >&2
  return 1
}

case $command in
  start)
    mkdir -p "$folder/state" "$folder/spool"
    write_configuration
    start_munge
    slurmctld
    slurmd
    wait_until_idle
    echo "$SLURM_CONF"
    ;;
  restart-node)
    end "$folder/slurmd.pid"
    slurmd
    wait_until_idle
    ;;
  stop)
    scancel --quiet --state=PENDING,RUNNING --user=root 2> /dev/null || true
    end "$folder/slurmd.pid"
    end "$folder/slurmctld.pid"
    end "$folder/munge/pid"
    ;;
  *)
    echo "slurm.sh: start, stop or restart-node is expected, not $command" >&2
    exit 2
    ;;
esac
