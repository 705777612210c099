package store

import "syscall"

// networkDrives names the file systems whose locks do not hold or whose writes
// come late.
var networkDrives = map[string]string{
	"nfs":     "NFS",
	"smbfs":   "SMB",
	"cifs":    "CIFS",
	"afpfs":   "AFP",
	"webdav":  "WebDAV",
	"ftp":     "FTP",
	"9p":      "9p",
	"afs":     "AFS",
	"osxfuse": "FUSE",
	"macfuse": "FUSE",
	"fuse-t":  "FUSE",
}

func networkDrive(dir string) (string, error) {
	var at syscall.Statfs_t
	if err := syscall.Statfs(dir, &at); err != nil {
		return "", err
	}
	var name []byte
	for _, c := range at.Fstypename {
		if c == 0 {
			break
		}
		name = append(name, byte(c))
	}
	return networkDrives[string(name)], nil
}

func writable(path string) error {
	const readAndWrite = 4 | 2
	return syscall.Access(path, readAndWrite)
}
