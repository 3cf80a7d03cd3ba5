// Command etcd is the upstream server; its own main lives in a module that
// cannot be installed from the proxy, so this one line stands in for it.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
